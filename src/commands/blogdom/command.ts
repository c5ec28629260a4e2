import { Command } from 'commander';
import type { Server } from '../../dns/transport/transport.js';
import { type FormatName, formatNames } from '../../formats/index.js';
import type { DomainName } from '../../names/domain-name.js';
import { type Language, languageNames } from '../../names/reserved-words/index.js';
import { defaults, maximums } from '../../probe/defaults.js';
import { type Status, statuses } from '../../probe/result.js';
import { listOf, oneOf, seconds, server, suffix, wholeNumber } from '../shared/option-values.js';
import { version } from '../shared/version.js';
import { type ColorChoice, colorChoices } from './color.js';

/** What the options of the command line give, each checked by itself. */
export interface Flags {
  readonly language?: readonly (Language | 'all')[];
  readonly soft?: true;
  readonly tld?: readonly DomainName[];
  readonly file?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly list?: true;
  readonly server?: readonly Server[];
  readonly concurrency: number;
  readonly timeout: number;
  readonly tries: number;
  readonly rate?: number;
  readonly canary: boolean;
  readonly confirm?: true;
  readonly confirmTimeout?: number;
  readonly rdapBootstrap?: string;
  readonly format: FormatName;
  readonly only?: readonly Status[];
  readonly color: ColorChoice;
  readonly verbose?: true;
}

const letters = wholeNumber(1, 63);

const marksHelp = `
Marks:
  +  live          it has an address
  ~  taken         it exists without an address, or its registry has it
     absent        the DNS does not know it: perhaps free
  *  unregistered  with --confirm: its registry has no registration of it
  ?  unknown       no trustworthy answer; the reason stands behind the name

Exit status: 0 every name has an answer, 1 some are unknown or some lines were no names,
2 bad usage, 130 after Ctrl-C.`;

/** The command with its options, their checks and its help. */
export function createCommand(): Command {
  return new Command('blogdom')
    .usage('[options] [word...]')
    .description(
      'Looks up many candidate domain names at once and prints each answer the moment it is known.\n' +
        'Without words it takes the reserved words of Python of up to 4 letters, at .dev.',
    )
    .argument('[word...]', 'words, or whole names with a dot; - reads them from standard input')
    .option('-f, --file <path>', 'read words from a file, one a line; - is standard input', listOfPaths)
    .option('-l, --language <list>', `reserved words: all, ${languageNames.join(', ')}`, languages)
    .option('--soft', 'their soft, contextual words as well')
    .option('-t, --tld <list>', 'where to look (default: dev)', listOf(suffix))
    .option('--min-length <n>', 'letters in a word, at least', letters)
    .option('--max-length <n>', 'letters in a word, at most (default: 4 for reserved words)', letters)
    .option('--list', 'print the candidate names and probe nothing')
    .option(
      '-s, --server <list>',
      'name servers: addresses, with a port or with udp://, tcp://, tls:// or https:// if need be, cloudflare, google, quad9, or system for getaddrinfo (default: those the system is set to use)',
      listOf(server),
    )
    .option(
      '-c, --concurrency <n>',
      'names in flight at most',
      wholeNumber(1, maximums.concurrency),
      defaults.concurrency,
    )
    .option('--timeout <seconds>', 'how long one try may take', seconds, defaults.timeout)
    .option(
      '--tries <n>',
      'tries of one question, at all servers together',
      wholeNumber(1, maximums.tries),
      defaults.tries,
    )
    .option(
      '--rate <n>',
      'queries a second at most (default: what the servers bear)',
      wholeNumber(1, maximums.rate),
    )
    .option('--no-canary', 'believe the name servers without testing them')
    .option('--confirm', 'ask the registries (RDAP) about absent and unknown names')
    .option('--confirm-timeout <seconds>', 'how long a name may wait for its registry (default: 60)', seconds)
    .option('--rdap-bootstrap <path>', 'a file or URL that says which registry to ask (RFC 9224)')
    .option('-o, --format <name>', `${formatNames.join(', ')}`, oneOf(formatNames), 'text')
    .option('--only <list>', `print only these: ${statuses.join(', ')}`, listOf(oneOf(statuses)))
    .option('--color <when>', `${colorChoices.join(', ')}`, oneOf(colorChoices), 'auto')
    .option('-v, --verbose', 'say on standard error what is asked of whom')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', marksHelp);
}

const listOfPaths = (path: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  path,
];

const languages = listOf((text) => oneOf([...languageNames, 'all'])(text.toLowerCase()));
