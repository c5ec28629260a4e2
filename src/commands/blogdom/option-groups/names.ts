import type { Command } from 'commander';
import { candidatesOf } from '../../../names/candidate.js';
import type { DomainName } from '../../../names/domain-name.js';
import { type Language, languageNames } from '../../../names/reserved-words/index.js';
import type { WordOptions } from '../../../names/sources.js';
import { filePaths, listOf, oneOf, suffix, wholeNumber, withHints } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';

/** The checked options that say which names are wanted. */
export interface NameOptions extends WordOptions {
  readonly tlds: readonly DomainName[];
  /** Print the candidate names and probe nothing. */
  readonly list: boolean;
}

/** These options as commander returns them. */
export interface ParsedNameOptions {
  readonly language?: readonly (Language | 'all')[];
  readonly soft?: boolean;
  readonly tld?: readonly DomainName[];
  readonly file?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly list?: boolean;
}

/** The original program's limit, for reserved words only. It does not apply if `--min-length` is above it. */
const maxReservedLength = 4;

const wordLength = wholeNumber(1, 63);

const languageChoices = ['all', ...languageNames] as const;
const language = oneOf(languageChoices);
const languageList = listOf(
  withHints({ choices: languageChoices }, (text: string) => language(text.toLowerCase())),
);

/** Adds the options that say which names are wanted. */
export function addNameOptions(command: Command): Command {
  return command
    .option('-f, --file <path>', 'read words from a file, one per line; - is standard input', filePaths)
    .option('-l, --language <list>', `use the reserved words of: ${languageChoices.join(', ')}`, languageList)
    .option('--soft', 'include soft keywords, which are reserved only in some contexts')
    .option(
      '-t, --tld <list>',
      'domains to append to words, such as com or co.uk (default: dev)',
      listOf(suffix),
    )
    .option('--min-length <n>', 'skip words shorter than N letters', wordLength)
    .option(
      '--max-length <n>',
      'skip words longer than N letters (default: 4 for reserved words)',
      wordLength,
    )
    .option('--list', 'print the candidate names without probing them');
}

/**
 * Checks these options against each other and against the words.
 *
 * @param args the arguments that are not options.
 */
export function readNameOptions(args: readonly string[], parsed: ParsedNameOptions): NameOptions {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = parsed;
  if (minLength > maxLength) {
    refuse(`expected --min-length to be at most --max-length, got ${minLength} and ${maxLength}`);
  }
  const tlds = parsed.tld ?? [{ name: 'dev' }];
  const words = args.filter((word) => word !== '-');
  for (const word of words) requireName(word, tlds);
  const files = [...(parsed.file ?? []), ...args.filter((word) => word === '-')];
  const languages = parsed.language?.flatMap((language) => (language === 'all' ? languageNames : [language]));
  return {
    words,
    files,
    languages: languages ?? (args.length + files.length > 0 ? [] : ['python']),
    soft: parsed.soft ?? false,
    minLength,
    maxLength,
    maxReservedLength: parsed.maxLength ?? (minLength > maxReservedLength ? maxLength : maxReservedLength),
    tlds,
    list: parsed.list ?? false,
  };
}

function requireName(word: string, tlds: readonly DomainName[]): void {
  const made = candidatesOf(word, tlds);
  if ('problem' in made) refuse(made.problem);
}
