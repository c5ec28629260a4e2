import { Command } from 'commander';
import type { Environment } from '../../util/environment.js';
import { parseUrl } from '../../util/parse-url.js';
import { quoted } from '../../util/printable.js';
import { addCommonOptions } from '../shared/common-options.js';
import type { Manual } from '../shared/help.js';
import { expected, oneOf, seconds, wholeNumber } from '../shared/option-values.js';
import { type Parsed, parseCommand, refuse, type Stdout } from '../shared/parse.js';
import { effectiveChoice, type ProgressChoice, progressChoices } from '../shared/progress.js';
import { allCountries, findCountries, mostPopulous, otherCountries } from './countries.js';

/** The options as commander returns them. */
interface ParsedOptions {
  readonly all?: boolean;
  readonly limit?: number;
  /** The URL of the folder that holds the flags, without a trailing slash. */
  readonly baseUrl: string;
  /** The folder in which flags are saved. */
  readonly out: string;
  /** Download flags that already exist. */
  readonly force?: boolean;
  /** The most downloads at the same time. */
  readonly concurrency: number;
  /** Time limit for one try: seconds as it is parsed, milliseconds in `Options`. */
  readonly timeout: number;
  readonly progress: ProgressChoice;
  /** Print nothing to standard error but errors. */
  readonly quiet?: boolean;
}

/** The checked options of blogdom-flags. */
export interface Options extends Omit<ParsedOptions, 'all' | 'limit'> {
  /** Country codes in upper case, without duplicates. */
  readonly codes: readonly string[];
}

const defaults = {
  baseUrl: 'https://www.fluentpython.com/data/flags',
  out: 'downloaded',
  // As many connections as the HTTP client of the original program opens.
  concurrency: 100,
  timeout: 6.1,
} as const;

const maximumConcurrency = 1000;

const description = `Downloads the flags of countries, all at once, and prints each country code as soon as its flag is saved.
Without codes, it downloads the flags of the 20 most populous countries.`;

/** The examples and the exit statuses, for the help. */
export const manual: Manual = {
  examples: [
    ['The 20 most populous countries', 'blogdom-flags'],
    ['Some countries, into a folder', 'blogdom-flags br us --out flags'],
    ['All countries that begin with D', 'blogdom-flags d'],
    ['The first three of all', 'blogdom-flags --all --limit 3'],
    ['A flag that already exists, again', 'blogdom-flags br --force'],
  ],
  sections: [
    {
      title: 'Exit status',
      items: [
        ['0', 'every flag is saved'],
        ['1', 'some flags are missing'],
        ['2', 'bad usage, or the folder cannot be used'],
        ['130', 'interrupted by Ctrl-C'],
        ['143', 'ended by SIGTERM'],
      ],
    },
  ],
  seeAlso: ['blogdom(1)'],
};

/** Creates the command: its options, their checks, and its help. */
export function createCommand(): Command {
  const command = new Command('blogdom-flags')
    .usage('[options] [code...]')
    .description(description)
    .argument(
      '[code...]',
      'country codes, such as BR (ISO 3166-1); one letter means all codes that begin with it',
    )
    .optionsGroup('Flags:')
    .option('--all', `download all ${allCountries.length} flags of the book's site`)
    .option(
      '-l, --limit <n>',
      'download at most N flags',
      wholeNumber(1, allCountries.length + otherCountries.length),
    )
    .option(
      '--base-url <url>',
      'URL of the folder of flags; the flag of BR is at URL/br/br.gif',
      baseUrl,
      defaults.baseUrl,
    )
    .option('--out <dir>', 'folder to save them in; created if necessary', defaults.out)
    .option('--force', 'download existing flags again')
    .optionsGroup('Server:')
    .option(
      '-c, --concurrency <n>',
      'download at most N flags at once',
      wholeNumber(1, maximumConcurrency),
      defaults.concurrency,
    )
    .option('--timeout <seconds>', 'time limit for one try', seconds, defaults.timeout)
    .optionsGroup('Output:')
    .option(
      '--progress <when>',
      `show progress: ${progressChoices.join(', ')}`,
      oneOf(progressChoices),
      'auto',
    )
    .option('-q, --quiet', 'no progress and no notes; only codes and errors');
  return addCommonOptions(command);
}

/** Parses the arguments, without the name of the program. */
export function parseOptions(argv: readonly string[], env: Environment, stdout: Stdout): Parsed<Options> {
  const toOptions = (command: Command): Options => {
    const { all, limit, ...others } = command.opts<ParsedOptions>();
    const typed = command.args.flatMap(parseCountries);
    const chosen = all ? allCountries : typed.length > 0 ? typed : mostPopulous;
    return {
      ...others,
      codes: [...new Set(chosen)].slice(0, limit),
      timeout: others.timeout * 1000,
      progress: effectiveChoice(others.progress, others.quiet, env),
    };
  };
  const words = () => [...allCountries, ...otherCountries].toSorted();
  return parseCommand({ command: createCommand(), manual, words, toOptions }, argv, stdout);
}

function parseCountries(text: string): readonly string[] {
  const found = findCountries(text);
  if (found.length > 0) return found;
  return refuse(`expected a country code such as BR, or the first letter of some, got ${quoted(text)}`);
}

function baseUrl(text: string): string {
  const url = parseUrl(text);
  const isPlain =
    url && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === '';
  return isPlain
    ? url.href.replace(/\/$/, '')
    : expected('an http or https URL with only a host and a path', text);
}
