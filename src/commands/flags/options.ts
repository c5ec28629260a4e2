import { Command } from 'commander';
import { quoted } from '../../util/printable.js';
import { expected, oneOf, seconds, wholeNumber } from '../shared/option-values.js';
import { type Parsed, parseCommand, refuse } from '../shared/parse.js';
import type { Environment } from '../shared/program.js';
import { effectiveChoice, type ProgressChoice, progressChoices } from '../shared/progress.js';
import { version } from '../shared/version.js';
import { allCountries, findCountries, mostPopulous, otherCountries } from './countries.js';

/** The checked options of blogdom-flags. */
export interface Options {
  /** Country codes in upper case, without duplicates. */
  readonly codes: readonly string[];
  /** The URL of the folder that holds the flags, without a trailing slash. */
  readonly baseUrl: string;
  /** The folder in which flags are saved. */
  readonly out: string;
  /** The maximum number of downloads at the same time. */
  readonly concurrency: number;
  /** Time limit for one try, in milliseconds. */
  readonly timeout: number;
  /** Whether to download flags that already exist. */
  readonly force: boolean;
  readonly progress: ProgressChoice;
  /** Print nothing to standard error but errors. */
  readonly quiet: boolean;
}

/** The options as commander returns them. */
interface ParsedOptions extends Pick<Options, 'baseUrl' | 'out' | 'concurrency' | 'timeout' | 'progress'> {
  readonly all?: true;
  readonly limit?: number;
  readonly force?: true;
  readonly quiet?: true;
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

const exitHelp = `
Exit status:
  0    every flag is saved
  1    some flags are missing
  2    bad usage, or the folder cannot be used
  130  interrupted by Ctrl-C`;

function createCommand(): Command {
  return new Command('blogdom-flags')
    .usage('[options] [code...]')
    .description(description)
    .argument(
      '[code...]',
      'country codes, such as BR (ISO 3166-1); one letter means all codes that begin with it',
    )
    .option('--all', `download all ${allCountries.length} flags that the book's site has`)
    .option(
      '-l, --limit <n>',
      'download at most N flags',
      wholeNumber(1, allCountries.length + otherCountries.length),
    )
    .option(
      '--base-url <url>',
      'where to find the flags; the flag of BR is at URL/br/br.gif',
      baseUrl,
      defaults.baseUrl,
    )
    .option('--out <dir>', 'folder to save them in; created if necessary', defaults.out)
    .option('--force', 'download flags even if they are already there')
    .option(
      '-c, --concurrency <n>',
      'download at most N flags at once',
      wholeNumber(1, maximumConcurrency),
      defaults.concurrency,
    )
    .option('--timeout <seconds>', 'time limit for one try', seconds, defaults.timeout)
    .option(
      '--progress <when>',
      `show how far the run has come: ${progressChoices.join(', ')}`,
      oneOf(progressChoices),
      'auto',
    )
    .option('-q, --quiet', 'no progress and no notes; only codes and errors')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', exitHelp);
}

/** Parses the arguments, without the name of the program. */
export function parseOptions(argv: readonly string[], env: Environment): Parsed<Options> {
  return parseCommand(createCommand(), argv, (command) => {
    const parsed = command.opts<ParsedOptions>();
    const { all, limit, timeout, force, quiet, progress, ...others } = parsed;
    const typed = command.args.flatMap(parseCountries);
    const chosen = all ? allCountries : typed.length > 0 ? typed : mostPopulous;
    return {
      ...others,
      codes: [...new Set(chosen)].slice(0, limit),
      timeout: timeout * 1000,
      force: force ?? false,
      progress: effectiveChoice(progress, quiet, env),
      quiet: quiet ?? false,
    };
  });
}

function parseCountries(text: string): readonly string[] {
  const found = findCountries(text);
  if (found.length > 0) return found;
  return refuse(`expected a country code such as BR, or the first letter of some, got ${quoted(text)}`);
}

function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === '';
  return isPlain
    ? url.href.replace(/\/$/, '')
    : expected('an http or https URL with only a host and a path', text);
}
