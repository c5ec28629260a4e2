import { domainToASCII } from 'node:url';
import { getPublicSuffix } from 'tldts';
import { publicSuffixList } from '../../src/names/public-suffix.js';
import { listed, type Source } from './source.js';

/** Fewer rules than this are not the whole list. */
const fewest = 1000;

/** The section of domains that registries offer; the other one is of no concern here. */
const section = /===BEGIN ICANN DOMAINS===([\s\S]*)===END ICANN DOMAINS===/;

/** The public suffix list, of which tldts has a copy. */
export const publicSuffixSource: Source = {
  name: 'public suffixes',
  url: 'https://publicsuffix.org/list/public_suffix_list.dat',
  read(text) {
    const [, domains = ''] = section.exec(text) ?? [];
    const rules = domains
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('//'));
    if (rules.length < fewest)
      return { problem: `at least ${fewest} rules between the marks of ICANN domains` };
    const missing = rules.filter((rule) => !isKnown(rule));
    const { version, day } = publicSuffixList;
    const copy = `tldts ${version} of ${day}`;
    return {
      changes:
        missing.length === 0
          ? `${copy} has all rules`
          : `${listed(missing, 'rules')} that ${copy} does not have: update it, and its day in src/names/public-suffix.ts`,
    };
  },
};

/** Whether tldts follows a rule: `co.uk`, `*.ck` or the exception `!www.ck` (https://publicsuffix.org/list). */
function isKnown(rule: string): boolean {
  if (rule.startsWith('!')) {
    const name = domainToASCII(rule.slice(1));
    return getPublicSuffix(name) === name.slice(name.indexOf('.') + 1);
  }
  const name = domainToASCII(rule.replace('*', 'x'));
  return getPublicSuffix(name) === name;
}
