import type { Command } from 'commander';
import type { DomainName } from '../../../names/domain-name.js';
import { createExpansion, type Expand, type ExpansionOptions, parseWord } from '../../../names/expansion.js';
import type { Pattern } from '../../../names/pattern/index.js';
import { type Language, languageNames } from '../../../names/reserved-words/index.js';
import { parseShard, type Shard } from '../../../names/shard.js';
import type { WordOptions } from '../../../names/sources.js';
import { type Group, groupNames, topLevelDomainsOf } from '../../../names/top-level-domains/index.js';
import type { Environment } from '../../../util/environment.js';
import { expected, listOf, oneOf, wholeNumber, withHints } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';
import { explainWord } from './explain-word.js';
import { shardOfJob } from './job-shard.js';
import { filePaths, label, type OwnGroups, patterns, suffix, type TldChoice, tldChoice } from './values.js';

/** The options that say which names are wanted, as commander returns them. */
export interface ParsedNameOptions {
  readonly language?: readonly (Language | 'all')[];
  readonly soft?: boolean;
  readonly pattern?: readonly Pattern[];
  readonly tld?: readonly TldChoice[];
  readonly hack?: boolean;
  readonly prefix?: readonly DomainName[];
  readonly suffix?: readonly DomainName[];
  readonly file?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly shard?: Shard | 'auto';
  /** Print the candidate names and probe nothing. */
  readonly list?: boolean;
}

/** What is made of these options. */
export interface NameOptions extends WordOptions, ExpansionOptions {
  /** The part of the names that is wanted; undefined for all of them. */
  readonly shard: Shard | undefined;
}

/** The original program's limit, for reserved words only. It does not apply if `--min-length` is above it. */
const maxReservedLength = 4;

const wordLength = wholeNumber(1, 63);

const languageChoices = ['all', ...languageNames] as const;
const language = oneOf(languageChoices, {
  ...{ js: 'javascript', node: 'javascript', ts: 'typescript', golang: 'go', rs: 'rust' },
  ...{ py: 'python', rb: 'ruby', 'c++': 'cpp', 'c#': 'csharp', cs: 'csharp', kt: 'kotlin', hs: 'haskell' },
});
const languageList = listOf(
  withHints({ choices: languageChoices }, (text: string) => language(text.toLowerCase())),
);

const shardOrAuto = withHints({ choices: ['auto'] }, (text: string): Shard | 'auto' =>
  text === 'auto'
    ? text
    : (parseShard(text) ?? expected('I/N with I from 1 to N, such as 2/3, or auto', text)),
);

/**
 * Adds the options that say which names are wanted.
 *
 * @param own the groups of domains that the user has named.
 */
export function addNameOptions(command: Command, own: OwnGroups): Command {
  const groups = [...own.keys(), ...groupNames].join(', ');
  return command
    .option('-f, --file <path>', 'read words from a file, one per line; - for standard input', filePaths)
    .option(
      '-l, --language <list>',
      `use the reserved words of these languages: ${languageChoices.join(', ')}`,
      languageList,
    )
    .option('--soft', 'include soft keywords, which are reserved only in some contexts')
    .option(
      '--pattern <pattern>',
      'add all words that match a pattern, such as go{ing,ne}, [a-z]{3}, [aeiou]x, ?? or a#',
      patterns,
    )
    .option('--prefix <list>', 'also try each word with these prefixes, such as my or get', listOf(label))
    .option('--suffix <list>', 'also try each word with these suffixes, such as blog or hq', listOf(label))
    .option(
      '-t, --tld <list>',
      `domains to append to words, such as com or co.uk, or a group of them: ${groups}; the domain blog is written .blog (default: dev)`,
      listOf(tldChoice(own)),
    )
    .option('--hack', 'split words that end in a top-level domain, as in el.se; --tld limits the domains')
    .option('--min-length <n>', 'skip words shorter than N letters', wordLength)
    .option(
      '--max-length <n>',
      'skip words longer than N letters (default: 4 for reserved words)',
      wordLength,
    )
    .option(
      '--shard <i/n>',
      'take only part I of N of the names, to divide them among machines; auto reads I/N from a Kubernetes or Slurm job',
      shardOrAuto,
    )
    .option('--list', 'print the candidate names without probing them');
}

/**
 * Checks these options against each other and against the words.
 *
 * @param args the arguments that are not options.
 */
export function readNameOptions(
  args: readonly string[],
  parsed: ParsedNameOptions,
  env: Environment,
): NameOptions {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = parsed;
  if (minLength > maxLength) {
    refuse(`expected --min-length to be at most --max-length, got ${minLength} and ${maxLength}`);
  }
  const { soft = false, hack = false, pattern = [] } = parsed;
  const joining = {
    tlds: domainsOf(parsed.tld ?? (hack ? ['all'] : [{ name: 'dev' }])),
    hack,
    prefixes: parsed.prefix ?? [],
    suffixes: parsed.suffix ?? [],
  };
  const expand = createExpansion(joining);
  const words = args.filter((word) => word !== '-');
  for (const word of words) requireName(word, expand);
  const files = [...(parsed.file ?? []), ...args.filter((word) => word === '-')];
  const hasOtherWords = args.length + files.length + pattern.length > 0;
  const languages = parsed.language?.flatMap((language) => (language === 'all' ? languageNames : [language]));
  return {
    words,
    patterns: pattern,
    files,
    languages: languages ?? (hasOtherWords ? [] : ['python']),
    soft,
    minLength,
    maxLength,
    // Long words are split as well as short ones.
    maxReservedLength:
      parsed.maxLength ?? (hack || minLength > maxReservedLength ? maxLength : maxReservedLength),
    ...joining,
    shard: parsed.shard === 'auto' ? shardOfJob(env) : parsed.shard,
  };
}

function requireName(text: string, expand: Expand): void {
  const word = parseWord(text);
  if ('problem' in word) refuse(explainWord(text) ?? word.problem);
  const candidates = expand(word);
  if ('problem' in candidates) refuse(candidates.problem);
}

/** Replaces groups by their members; a domain comes once. */
function domainsOf(choices: readonly TldChoice[]): readonly DomainName[] {
  const domains = choices
    .flatMap((choice): readonly (DomainName | Group)[] => (isList(choice) ? choice : [choice]))
    .flatMap((choice) => (typeof choice === 'string' ? topLevelDomainsOf(choice).map(suffix) : [choice]));
  return [...new Map(domains.map((domain) => [domain.name, domain])).values()];
}

const isList = (choice: TldChoice): choice is readonly (DomainName | Group)[] => Array.isArray(choice);
