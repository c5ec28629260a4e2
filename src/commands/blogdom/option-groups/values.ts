import { InvalidArgumentError } from 'commander';
import { type DomainName, parseName } from '../../../names/domain-name.js';
import { createPattern, type Pattern } from '../../../names/pattern/index.js';
import { specialUseOf } from '../../../names/special-use.js';
import { type Group, groupNames, topLevelDomainsOf } from '../../../names/top-level-domains/index.js';
import { explainServer } from '../../../servers/explain-server.js';
import { parseServerChoice, type ServerChoice, serverNames } from '../../../servers/server-choice.js';
import { quoted } from '../../../util/printable.js';
import { didYouMean } from '../../../util/suggestions.js';
import { duration, expected, type ParseValue, repeated, withHints } from '../../shared/option-values.js';

const minutes = duration('minutes', 7 * 24 * 60);

/** A time in minutes, at most a week; converted to milliseconds. */
export const minutesToMilliseconds: ParseValue<number> = (text) => minutes(text) * 60_000;

/** A name server. */
export const server: ParseValue<ServerChoice> = withHints(
  { choices: serverNames },
  (text: string): ServerChoice => {
    const choice = parseServerChoice(text);
    if (choice) return choice;
    const { expected: form, got } = explainServer(text);
    throw new InvalidArgumentError(`expected ${form}, got ${got}`);
  },
);

/** The paths of files. */
export const filePaths = repeated((path) => path);

/** A top-level domain or a longer suffix, with or without a leading dot. */
export const suffix: ParseValue<DomainName> = (text) => {
  const parsed = parseName(text.replace(/^\./, ''));
  return 'problem' in parsed ? expected('a domain such as dev or co.uk', text) : parsed;
};

/** Nobody types the ASCII form of an internationalized name. */
const isLegible = (name: string): boolean => !name.startsWith('xn--');

/** A domain or, without a leading dot, a group of domains. */
export const suffixOrGroup: ParseValue<DomainName | Group> = (text) =>
  groupNames.find((group) => group === text.toLowerCase()) ?? existing(text, groupNames);

/** The domains and groups in each group that the user has named. */
export type OwnGroups = ReadonlyMap<string, readonly (DomainName | Group)[]>;

/** What a value of `--tld` may be: one of the user's own groups is its members. */
export type TldChoice = DomainName | Group | readonly (DomainName | Group)[];

/** A domain, a group or, without a leading dot, one of the user's own groups. */
export function tldChoice(own: OwnGroups): ParseValue<TldChoice> {
  const choices = [...own.keys(), ...groupNames];
  return withHints(
    { choices, moreChoices: () => topLevelDomainsOf('all').filter(isLegible) },
    (text: string): TldChoice => {
      const word = text.toLowerCase();
      return own.get(word) ?? groupNames.find((group) => group === word) ?? existing(text, choices);
    },
  );
}

/** Reads a domain whose top-level domain exists, is reserved, or is written with a leading dot: a new one may not be known yet. */
function existing(text: string, groups: readonly string[]): DomainName {
  const domain = suffix(text);
  const { name } = domain;
  const isKnown = name.includes('.') || text.startsWith('.') || specialUseOf(name) !== undefined;
  const all = topLevelDomainsOf('all');
  if (isKnown || all.includes(name)) return domain;
  const legible = [...topLevelDomainsOf('popular'), ...all.filter(isLegible)];
  const hint = didYouMean(text, groups) || didYouMean(text, legible);
  throw new InvalidArgumentError(
    `there is no top-level domain ${quoted(text)}${hint || `: .${text} is looked up nevertheless`}`,
  );
}

/** Patterns that stand for words. */
export const patterns = repeated((text): Pattern => {
  const created = createPattern(text);
  if ('problem' in created) throw new InvalidArgumentError(created.problem);
  return created;
});

/** A word without a dot, which becomes a part of names. */
export const label: ParseValue<DomainName> = (text) => {
  const parsed = parseName(text);
  return 'name' in parsed && !parsed.name.includes('.') ? parsed : expected('a word without a dot', text);
};
