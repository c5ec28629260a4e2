import { Command } from 'commander';
import type { Server } from '../../dns/transport/index.js';
import { type FormatName, formatNames } from '../../formats/index.js';
import type { DomainName } from '../../names/domain-name.js';
import { type Language, languageNames } from '../../names/reserved-words/index.js';
import { defaults, maximums } from '../../probe/defaults.js';
import { marks, type Status, statuses } from '../../probe/result.js';
import { listOf, oneOf, seconds, server, suffix, wholeNumber } from '../shared/option-values.js';
import { version } from '../shared/version.js';
import { type ColorChoice, colorChoices } from './color.js';

/** The options as commander returns them. Each value is valid, but the values may contradict each other. */
export interface ParsedOptions {
  readonly language?: readonly (Language | 'all')[];
  readonly soft?: true;
  readonly tld?: readonly DomainName[];
  readonly file?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly list?: true;
  readonly server?: readonly Server[];
  readonly concurrency: number;
  /** Seconds. */
  readonly timeout: number;
  readonly tries: number;
  readonly rate?: number;
  readonly canary: boolean;
  readonly confirm?: true;
  /** Seconds. */
  readonly confirmTimeout?: number;
  readonly rdapBootstrap?: string;
  readonly format: FormatName;
  readonly only?: readonly Status[];
  readonly color: ColorChoice;
  readonly verbose?: true;
}

const description = `Looks up many candidate domain names at once and prints each answer as soon as it is known.
Without words, it tries Python's reserved words of up to 4 letters under .dev.`;

const wordLength = wholeNumber(1, 63);

/** A list of paths. Commas do not separate them, because a path may contain one. */
const pathList = (path: string, previous: readonly string[] = []): readonly string[] => [...previous, path];

const languageChoices = ['all', ...languageNames] as const;
const languageList = listOf((text) => oneOf(languageChoices)(text.toLowerCase()));

const serverHelp =
  'name servers to ask: addresses such as 192.0.2.1 or [2001:db8::1]:53, preceded by udp://, tcp://, tls:// or ' +
  "https:// to choose a transport; cloudflare, google or quad9; system for getaddrinfo (default: the system's name servers)";

const meanings = {
  live: 'it has an address',
  taken: 'it exists without an address, or it is registered',
  absent: 'the DNS does not know it: perhaps free',
  unregistered: 'with --confirm: its registry has no registration of it',
  unknown: 'no trustworthy answer; the reason follows the name',
} as const satisfies Record<Status, string>;

const markLines = statuses.map((status) => `  ${marks[status]}  ${status.padEnd(12)}  ${meanings[status]}`);

const closingHelp = `
Marks:
${markLines.join('\n')}

Exit status:
  0    every name has an answer
  1    some names are unknown, or some lines of the input are not names
  2    bad usage, or a file cannot be read
  130  interrupted by Ctrl-C`;

/** Creates the command: its options, their checks, and its help. */
export function createCommand(): Command {
  return new Command('blogdom')
    .usage('[options] [word...]')
    .description(description)
    .argument('[word...]', 'words, or whole names with a dot in them; - reads words from standard input')
    .option('-f, --file <path>', 'read words from a file, one per line; - is standard input', pathList)
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
    .option('--list', 'print the candidate names without probing them')
    .option('-s, --server <list>', serverHelp, listOf(server))
    .option(
      '-c, --concurrency <n>',
      'probe at most N names at once',
      wholeNumber(1, maximums.concurrency),
      defaults.concurrency,
    )
    .option('--timeout <seconds>', 'time limit for one try', seconds, defaults.timeout)
    .option(
      '--tries <n>',
      'ask each question at most N times, in total over all servers',
      wholeNumber(1, maximums.tries),
      defaults.tries,
    )
    .option(
      '--rate <n>',
      'send at most N queries a second (default: adapts to each server)',
      wholeNumber(1, maximums.rate),
    )
    .option('--no-canary', 'believe the name servers without testing them')
    .option('--confirm', 'ask the registries (RDAP) about absent and unknown names')
    .option(
      '--confirm-timeout <seconds>',
      `time limit for confirming one name (default: ${defaults.confirmTimeout})`,
      seconds,
    )
    .option('--rdap-bootstrap <path>', 'file or URL that says which registry to ask (RFC 9224)')
    .option('-o, --format <name>', `output format: ${formatNames.join(', ')}`, oneOf(formatNames), 'text')
    .option('--only <list>', `print only these statuses: ${statuses.join(', ')}`, listOf(oneOf(statuses)))
    .option('--color <when>', `colour the output: ${colorChoices.join(', ')}`, oneOf(colorChoices), 'auto')
    .option('-v, --verbose', 'log to standard error what each server is asked')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', closingHelp);
}
