import { maximumNameLength, parseName } from '../../names/domain-name.js';
import { addressOf } from '../client/exchange.js';
import type { RegistryAnswer } from '../registry-answer.js';
import type { Mark, Pattern, WhoisServer } from './server.js';

/** No name has more characters than this, in ASCII or in Unicode. */
const maximumCharacters = 4 * maximumNameLength;

/** The statuses of EPP (RFC 5731 section 2.3) and of grace periods (RFC 3915 section 3.1). */
const eppStatus =
  '(?:ok|inactive|(?:client|server)(?:Hold|(?:Delete|Renew|Transfer|Update)Prohibited)|' +
  'pending(?:Create|Delete|Renew|Restore|Transfer|Update)|(?:add|autoRenew|renew|transfer|redemption)Period)';

/** What stands for a part of a line; see `Pattern`. */
const placeholders: Readonly<Record<string, string>> = {
  '{name}': '([^\\s"\'()]+)',
  '{any}': '.*',
  '{epp}': `${eppStatus}(?: .*)?`,
};

/** How a pattern occurs in a reply: with the name that was asked for or without any, with another name, or not at all. */
type Occurrence = 'here' | 'elsewhere' | 'absent';

/**
 * What all servers say in one way or another if they are asked too often. Terms of use, which are in most replies, speak of
 * limits in longer sentences.
 */
const limitWords = [
  /\btoo many (?:requests|queries|connections|lookups)\b/,
  /\b(?:limit|quota|rate)\b.{0,12}\b(?:exceeded|reached)\b/,
  /\b(?:exceeded|reached)\b.{0,40}\b(?:limit|quota|rate)\b/,
  /\b(?:queries|requests|lookups) exceeded\b/,
];
const longestLimitLine = 100;

/** The lines of a reply, without blank ones, and with single spaces. */
const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

/** Whether a reply says that the server was asked too often. */
export function isLimited(text: string, { limited }: Pick<WhoisServer, 'limited'>): boolean {
  const lines = linesOf(text);
  const saysSo = (line: string) =>
    line.length <= longestLimitLine && limitWords.some((words) => words.test(line.toLowerCase()));
  return limited.some((pattern) => occurrenceOf(pattern, lines) === 'here') || lines.some(saysSo);
}

/**
 * Reads a reply that is not about a limit. It counts only if whole lines of it match what is known of this server, and mean
 * one thing; if they name the domain, it must be this one.
 *
 * @param name the name that was asked for, in its ASCII form.
 * @returns what is safe to print: no text of the server is passed on.
 */
export function readWhoisReply(text: string, server: WhoisServer, name: string): RegistryAnswer {
  const lines = linesOf(text);
  const peer = addressOf(server);
  const occurrences = (marks: readonly Mark[]) => marks.map((mark) => occurrenceOfAll(mark, lines, name));
  const wordOf = (marks: Readonly<Record<string, readonly Mark[]>>) =>
    Object.keys(marks).find((word) => occurrences(marks[word] ?? []).includes('here'));

  const [free, registered] = [occurrences(server.unregistered), occurrences(server.registered)];
  const isFree = free.includes('here');
  const isRegistered = registered.includes('here');
  const withheld = wordOf(server.withheld);
  const unclear = wordOf(server.unclear);
  if ([...free, ...registered].includes('elsewhere'))
    return { failure: `${peer} answered about another name` };
  if (isFree && (isRegistered || withheld !== undefined)) return { failure: `${peer} contradicts itself` };
  if (unclear !== undefined) return { failure: `its registry says: ${unclear}` };
  if (withheld !== undefined) return { registered: false, withheld };
  if (isFree) return { registered: false };
  if (!isRegistered) return { failure: `${peer} gave no answer that is known` };
  const { states } = server;
  const state = Object.keys(states).find((word) =>
    states[word]?.some((pattern) => occurrenceOf(pattern, lines) === 'here'),
  );
  return { registered: true, state };
}

function occurrenceOfAll(mark: Mark, lines: readonly string[], name: string): Occurrence {
  const occurrences = mark.map((pattern) => occurrenceOf(pattern, lines, name));
  if (occurrences.length === 0 || occurrences.includes('absent')) return 'absent';
  return occurrences.includes('elsewhere') ? 'elsewhere' : 'here';
}

/** Every line that a pattern with a name matches must have this name. */
function occurrenceOf(pattern: Pattern, lines: readonly string[], name?: string): Occurrence {
  const length = pattern.split('\n').length;
  const expression = compile(pattern);
  const matches = lines.flatMap((_line, index) => {
    const match = expression.exec(lines.slice(index, index + length).join('\n'));
    return match ? [match] : [];
  });
  if (matches.length === 0) return 'absent';
  return matches.every(([, ...names]) => names.every((found) => isName(found, name))) ? 'here' : 'elsewhere';
}

const compiled = new Map<Pattern, RegExp>();

function compile(pattern: Pattern): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const source = pattern
    .split(/(\{name\}|\{any\}|\{epp\})/)
    .map((part) => placeholders[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const expression = new RegExp(`^${source.join('')}$`, 'u');
  compiled.set(pattern, expression);
  return expression;
}

/** Whether a text is this name, in ASCII or in Unicode. The conversion takes seconds for a very long text. */
function isName(text: string, name: string | undefined): boolean {
  if (text.length > maximumCharacters) return false;
  const parsed = parseName(text);
  return 'name' in parsed && parsed.name === name;
}
