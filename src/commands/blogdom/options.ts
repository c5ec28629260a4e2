import type { Command } from 'commander';
import type { Environment } from '../../util/environment.js';
import { exitStatus } from '../shared/exit-status.js';
import { type Parsed, parseCommand, type Stdout } from '../shared/parse.js';
import { createCommand, manual, type ParsedOptions } from './command.js';
import { configure } from './configuration/configure.js';
import { readOwnGroups } from './configuration/groups.js';
import { checkHistoryOptions } from './option-groups/history.js';
import { type NameOptions, readNameOptions } from './option-groups/names.js';
import { type OutputOptions, readOutputOptions } from './option-groups/output.js';
import { type RegistryOptions, readRegistryOptions } from './option-groups/registries.js';
import { checkServerOptions, readServerOptions, type ServerOptions } from './option-groups/servers.js';

/** What is made of the options, besides those that are used as they are parsed. */
interface Derived
  extends NameOptions,
    ServerOptions,
    RegistryOptions,
    Pick<OutputOptions, 'only' | 'color'> {}

/** The checked options of blogdom, from the command line, the environment, the configuration and the system's settings. */
export interface Options extends Omit<ParsedOptions, keyof Derived>, Derived {
  /** A line for each option that the configuration sets, which says where it is from. */
  readonly configured: readonly string[];
}

/** The options that say where words come from. Their settings are not used if words, or one of them, are typed. */
const sources: readonly string[] = ['file', 'language', 'pattern'] satisfies (keyof ParsedOptions)[];

/**
 * Parses the command line, and completes it with the configuration.
 *
 * @param argv the arguments, without the name of the program.
 */
export function parseOptions(argv: readonly string[], env: Environment, stdout: Stdout): Parsed<Options> {
  /** Reads the options for which no file has to be read. */
  const readWithoutFiles = (command: Command): Omit<Derived, keyof ServerOptions> => {
    const parsed = command.opts<ParsedOptions>();
    const names = readNameOptions(command.args, parsed, env);
    checkServerOptions(parsed, isProbing(parsed));
    checkHistoryOptions(parsed, parsed);
    return {
      ...names,
      ...readRegistryOptions(parsed, parsed.tld && names.tlds, env),
      ...readOutputOptions(parsed, Boolean(parsed.confirm), env, stdout.isTTY === true),
    };
  };
  const toOptions = (command: Command): Options => {
    const areWordsTyped = command.args.length > 0 || sources.some((source) => command.getOptionValue(source));
    const isUnused = (attribute: string) => areWordsTyped && sources.includes(attribute);
    const configured = configure(command, env, isUnused, readWithoutFiles);
    const parsed = command.opts<ParsedOptions>();
    const servers = readServerOptions(parsed, isProbing(parsed));
    return { ...parsed, ...readWithoutFiles(command), ...servers, configured };
  };
  const own = argv.includes('--no-config') ? undefined : readOwnGroups(env);
  const problem = own && 'problem' in own ? own.problem : undefined;
  const command = createCommand(own && 'problem' in own ? undefined : own);
  const parsed = parseCommand({ command, manual, toOptions }, argv, stdout);
  // Without the groups, a group of `--tld` would not be known.
  if (problem === undefined || 'options' in parsed || parsed.status === exitStatus.answered) return parsed;
  return { text: `${command.name()}: ${problem}\n`, status: exitStatus.usage };
}

const isProbing = ({ list, listRegistries }: ParsedOptions): boolean => !list && !listRegistries;
