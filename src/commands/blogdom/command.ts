import { Command } from 'commander';
import { marks, meanings, statuses } from '../../probe/result.js';
import { addCommonOptions } from '../shared/common-options.js';
import type { Manual } from '../shared/help.js';
import { addHistoryOptions, type HistoryOptions } from './option-groups/history.js';
import { addNameOptions, type ParsedNameOptions } from './option-groups/names.js';
import { addOutputOptions, type ParsedOutputOptions } from './option-groups/output.js';
import { addRegistryOptions, type ParsedRegistryOptions } from './option-groups/registries.js';
import { addServerOptions, type ParsedServerOptions } from './option-groups/servers.js';
import type { OwnGroups } from './option-groups/values.js';

/** The options as commander returns them. Each value is valid, but the values may contradict each other. */
export interface ParsedOptions
  extends ParsedNameOptions,
    ParsedServerOptions,
    ParsedRegistryOptions,
    ParsedOutputOptions,
    HistoryOptions {}

const description = `Looks up many candidate domain names at once and prints each answer as soon as it is known.
Without words, it tries Python's reserved words of up to 4 letters under .dev.`;

/** The examples, the marks and the exit statuses, for the help. */
export const manual: Manual = {
  examples: [
    ['Two words under two domains', 'blogdom not for --tld com,dev'],
    ['Keywords of Go that the DNS does not know', 'blogdom -l go --only absent'],
    ['A long list, resumed after Ctrl-C', 'blogdom -f names.txt --resume done'],
    ['A grid of words and domains', 'blogdom -o grid -t io,dev not for'],
    ['Domain hacks such as el.se, only listed', 'blogdom --hack -l python --list'],
  ],
  sections: [
    {
      title: 'Marks',
      items: statuses.map((status) => [`${marks[status]}  ${status.padEnd(12)}`, meanings[status]]),
    },
    {
      title: 'Exit status',
      items: [
        ['0', 'every name has an answer'],
        ['1', 'some names are unknown, or some lines of the input are not names'],
        ['2', 'bad usage, or a file cannot be read or written'],
        ['3', 'no name has a status of --fail-unless'],
        ['130', 'interrupted by Ctrl-C'],
        ['143', 'ended by SIGTERM'],
      ],
    },
  ],
  brief: {
    options: [
      ['-t, --tld <list>', 'domains to append to words, such as com,dev or popular'],
      ['-f, --file <path>', 'read words from a file, one per line'],
      ['-l, --language <list>', 'use the reserved words of programming languages'],
      ['--pattern <pattern>', 'make words, such as go{ing,ne} or [a-z][aeiou]x'],
      ['--hack', 'split words that end in a top-level domain, as in el.se'],
      ['--list', 'print the candidate names without probing them'],
      ['-s, --server <list>', 'name servers to ask'],
      ['--confirm [all]', 'ask the registries whether absent names are registered'],
      ['--only <list>', 'print only these statuses, such as absent'],
      ['-o, --format <name>', 'text, names, json, csv, grid, html or ics'],
    ],
    closing: 'Marks: + live, ~ taken, a space absent (perhaps free), * unregistered, ? unknown',
  },
  reference: [
    {
      title: 'Environment',
      items: [
        [
          'BLOGDOM_OPTION',
          'a default for an option, such as BLOGDOM_TLD or BLOGDOM_MAX_LENGTH; it overrides the file',
        ],
        ['XDG_CONFIG_HOME', 'the folder of configuration files, instead of ~/.config'],
        ['XDG_CACHE_HOME', 'the folder of cached files, instead of ~/.cache'],
        ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'the proxies through which registries are asked'],
        ['NO_COLOR, FORCE_COLOR, TERM', 'whether the output is coloured, unless --color says so'],
      ],
    },
    {
      title: 'Files',
      items: [
        [
          '~/.config/blogdom/config.json',
          'defaults for options, and groups of domains: a JSON object with the long names of options as keys',
        ],
        ['~/.cache/blogdom', 'the RDAP bootstrap registry of IANA'],
      ],
    },
  ],
  seeAlso: ['blogdom-flags(1)', 'dig(1)', 'whois(1)'],
};

/**
 * Creates the command: its options, their checks, and its help.
 *
 * @param ownGroups the groups of domains that the user has named.
 */
export function createCommand(ownGroups: OwnGroups = new Map()): Command {
  const command = new Command('blogdom')
    .usage('[options] [word...]')
    .description(description)
    .argument('[word...]', 'words, or whole names with a dot in them; - reads words from standard input');
  const groups: readonly [title: string, addOptions: (command: Command) => Command][] = [
    ['Names:', (names) => addNameOptions(names, ownGroups)],
    ['Name servers:', addServerOptions],
    ['Registries:', addRegistryOptions],
    ['Output:', addOutputOptions],
    ['Earlier runs:', addHistoryOptions],
  ];
  for (const [title, addOptions] of groups) addOptions(command.optionsGroup(title));
  command
    .optionsGroup('Other:')
    .option('--no-config', 'ignore the configuration file and BLOGDOM_ variables');
  return addCommonOptions(command, 'print all of this help, or with -h the short one');
}
