import { type Parsed, parseCommand } from '../shared/parse.js';
import type { Environment } from '../shared/program.js';
import { createCommand, type ParsedOptions } from './command.js';
import { type NameOptions, readNameOptions } from './option-groups/names.js';
import { type OutputOptions, readOutputOptions } from './option-groups/output.js';
import { type RegistryOptions, readRegistryOptions } from './option-groups/registries.js';
import { readServerOptions, type ServerOptions } from './option-groups/servers.js';

/** The checked options of blogdom, from the command line, the environment and the system's settings. */
export interface Options extends NameOptions, ServerOptions, RegistryOptions, OutputOptions {}

/**
 * Parses the command line.
 *
 * @param argv the arguments, without the name of the program.
 * @param isTerminal whether standard output is a terminal.
 */
export function parseOptions(
  argv: readonly string[],
  env: Environment,
  isTerminal: boolean,
): Parsed<Options> {
  return parseCommand(createCommand(), argv, (command) => {
    const parsed = command.opts<ParsedOptions>();
    return {
      ...readNameOptions(command.args, parsed),
      ...readServerOptions(parsed, !parsed.list),
      ...readRegistryOptions(parsed, env),
      ...readOutputOptions(parsed, env, isTerminal),
    };
  });
}
