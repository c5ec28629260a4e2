import { isIPv4 } from 'node:net';
import { parseName } from '../../../names/domain-name.js';
import { createPattern } from '../../../names/pattern/index.js';
import { quoted } from '../../../util/printable.js';

/** Finds what was probably meant by an argument that is not a word; returns undefined if it finds nothing. */
type Explain = (text: string) => string | undefined;

const isName = (text: string): boolean => 'name' in parseName(text);

const explanations: readonly Explain[] = [
  (text) => {
    const words = text.split(/[,;|\s]+/).filter((word) => word !== '');
    if (!/[,;|]/.test(text) || words.length === 0 || !words.every(isName)) return undefined;
    return `separate words with spaces: ${words.join(' ')}`;
  },
  (text) => {
    const words = text.trim().split(/[_\s]+/);
    const joined = ['-', ''].map((separator) => words.join(separator));
    return words.length > 1 && joined.every(isName) ? `did you mean ${joined.join(' or ')}?` : undefined;
  },
  (text) => {
    const pattern = text.replaceAll('*', '?');
    const isPattern =
      !text.startsWith('*.') && /[?#[\]{}]/.test(pattern) && 'count' in createPattern(pattern);
    return isPattern ? `did you mean --pattern '${pattern}'?` : undefined;
  },
  (text) => (isIPv4(text) ? `did you mean --server ${text}?` : undefined),
];

/** Explains an argument that is not a word: what was expected, what was got, and what was probably meant. */
export const explainWord: Explain = (text) => {
  for (const explain of explanations) {
    const meant = explain(text);
    if (meant !== undefined) return `expected a word or a domain name, got ${quoted(text)}: ${meant}`;
  }
  return undefined;
};
