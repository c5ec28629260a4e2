import type { Command } from 'commander';
import { type Parsed, parseCommand, type Stdout } from '../shared/parse.js';
import type { Environment } from '../shared/program.js';
import { createCommand, manual, type ParsedOptions } from './command.js';
import { type HistoryOptions, readHistoryOptions } from './option-groups/history.js';
import { type NameOptions, readNameOptions } from './option-groups/names.js';
import { type OutputOptions, readOutputOptions } from './option-groups/output.js';
import { type RegistryOptions, readRegistryOptions } from './option-groups/registries.js';
import { readServerOptions, type ServerOptions } from './option-groups/servers.js';

/** The checked options of blogdom, from the command line, the environment and the system's settings. */
export interface Options extends NameOptions, ServerOptions, RegistryOptions, OutputOptions, HistoryOptions {}

/**
 * Parses the command line.
 *
 * @param argv the arguments, without the name of the program.
 */
export function parseOptions(argv: readonly string[], env: Environment, stdout: Stdout): Parsed<Options> {
  const toOptions = (command: Command): Options => {
    const parsed = command.opts<ParsedOptions>();
    return {
      ...readNameOptions(command.args, parsed),
      ...readServerOptions(parsed, !parsed.list),
      ...readRegistryOptions(parsed, env),
      ...readOutputOptions(parsed, env, stdout.isTTY === true),
      ...readHistoryOptions(parsed, parsed),
    };
  };
  return parseCommand({ command: createCommand(), manual, toOptions }, argv, stdout);
}
