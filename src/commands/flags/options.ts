import { Command } from 'commander';
import { quoted } from '../../util/printable.js';
import { expected, seconds, wholeNumber } from '../shared/option-values.js';
import { type Parsed, parseCommand, refuse } from '../shared/parse.js';
import { version } from '../shared/version.js';
import { allCountries, countriesOf, mostPopulous } from './countries.js';

/** What the user wants, checked. */
export interface Options {
  /** Country codes in upper case, each once. */
  readonly codes: readonly string[];
  /** Where the flags are, without a slash at its end. */
  readonly baseUrl: string;
  /** The folder they go to. */
  readonly out: string;
  readonly concurrency: number;
  /** Milliseconds that one try may take. */
  readonly timeout: number;
  readonly force: boolean;
  /** Whether standard output is a terminal, where messages come between the codes. */
  readonly isTerminal: boolean;
}

interface Flags extends Pick<Options, 'baseUrl' | 'out' | 'concurrency' | 'timeout'> {
  readonly all?: true;
  readonly limit?: number;
  readonly force?: true;
}

const defaults = {
  baseUrl: 'https://www.fluentpython.com/data/flags',
  out: 'downloaded',
  // As many connections as the original's client opens.
  concurrency: 100,
  timeout: 6.1,
} as const;

const maximumConcurrency = 1000;

const description = `Downloads the flags of countries, all at once, and prints each country code the moment its flag is saved.
Without codes it takes those of the 20 most populous countries.`;

const exitHelp = `
Exit status: 0 all flags are there, 1 some are not, 2 bad usage, 130 after Ctrl-C.`;

function createCommand(): Command {
  return new Command('blogdom-flags')
    .usage('[options] [code...]')
    .description(description)
    .argument(
      '[code...]',
      'country codes, such as BR (ISO 3166-1); one letter stands for all that begin with it',
    )
    .option('--all', `the flags of all ${allCountries.length} countries`)
    .option('-l, --limit <n>', 'only so many, the first ones', wholeNumber(1, allCountries.length))
    .option('--base-url <url>', 'where they are: URL/br/br.gif is that of BR', baseUrl, defaults.baseUrl)
    .option('--out <dir>', 'the folder they go to, which is made if need be', defaults.out)
    .option('--force', 'download those, too, that are there already')
    .option(
      '-c, --concurrency <n>',
      'downloads at once at most',
      wholeNumber(1, maximumConcurrency),
      defaults.concurrency,
    )
    .option('--timeout <seconds>', 'how long one try may take', seconds, defaults.timeout)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', exitHelp);
}

/** Reads what the user typed, without the program's name. */
export function parseOptions(argv: readonly string[], _env: unknown, isTerminal: boolean): Parsed<Options> {
  return parseCommand(createCommand(), argv, (command) => {
    const { all, limit, timeout, force = false, ...flags } = command.opts<Flags>();
    const typed = command.args.flatMap(countries);
    const chosen = all ? allCountries : typed.length > 0 ? typed : mostPopulous;
    return {
      ...flags,
      codes: [...new Set(chosen)].slice(0, limit),
      timeout: timeout * 1000,
      force,
      isTerminal,
    };
  });
}

function countries(text: string): readonly string[] {
  const found = countriesOf(text);
  if (found.length > 0) return found;
  return refuse(
    `expected a country code, such as BR, or the letter that some begin with, got ${quoted(text)}`,
  );
}

function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === '';
  return isPlain
    ? url.href.replace(/\/$/, '')
    : expected('an http or https URL, with a host and a path only', text);
}
