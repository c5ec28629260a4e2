import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Server } from '../../dns/transport/index.js';
import type { FormatName } from '../../formats/index.js';
import { candidatesOf } from '../../names/candidate.js';
import type { DomainName } from '../../names/domain-name.js';
import { languageNames } from '../../names/reserved-words/index.js';
import type { WordOptions } from '../../names/sources.js';
import { defaults } from '../../probe/defaults.js';
import { type Status, statuses } from '../../probe/result.js';
import { systemServers } from '../../probe/servers.js';
import type { ConfirmOptions } from '../../rdap/open.js';
import { type Parsed, parseCommand, refuse } from '../shared/parse.js';
import type { Environment } from '../shared/program.js';
import { useColor } from './color.js';
import { createCommand, type ParsedOptions } from './command.js';

/** The checked options of blogdom, from the command line, the environment and the system's settings. */
export interface Options extends WordOptions {
  readonly tlds: readonly DomainName[];
  /** Print the candidate names and probe nothing. */
  readonly list: boolean;
  readonly servers: readonly Server[];
  readonly concurrency: number;
  /** Time limit for one try, in milliseconds. */
  readonly timeout: number;
  readonly tries: number;
  /** Queries a second; undefined for no limit. */
  readonly rate: number | undefined;
  /** Test the name servers with canaries before believing them. */
  readonly canary: boolean;
  /** How to ask the registries; undefined if they are not asked. */
  readonly confirm: ConfirmOptions | undefined;
  readonly format: FormatName;
  /** The statuses whose results are printed. */
  readonly only: ReadonlySet<Status>;
  readonly color: boolean;
  readonly verbose: boolean;
}

/** The original program's limit, for reserved words only. It does not apply if `--min-length` is above it. */
const maxReservedLength = 4;

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
  return parseCommand(createCommand(), argv, (command) =>
    toOptions(command.args, command.opts<ParsedOptions>(), env, isTerminal),
  );
}

function toOptions(
  args: readonly string[],
  parsed: ParsedOptions,
  env: Environment,
  isTerminal: boolean,
): Options {
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
    servers: parsed.server ?? (parsed.list ? [] : configuredServers()),
    concurrency: parsed.concurrency,
    timeout: parsed.timeout * 1000,
    tries: parsed.tries,
    rate: parsed.rate,
    canary: parsed.canary,
    confirm: confirmOptions(parsed, env),
    format: parsed.format,
    only: new Set(parsed.only ?? statuses),
    color: useColor(parsed.color, env, isTerminal),
    verbose: parsed.verbose ?? false,
  };
}

function requireName(word: string, tlds: readonly DomainName[]): void {
  const made = candidatesOf(word, tlds);
  if ('problem' in made) refuse(made.problem);
}

function configuredServers(): readonly Server[] {
  const servers = systemServers();
  if (servers.length > 0) return servers;
  return refuse('expected a name server in the settings of the system, got none: choose one with --server');
}

function confirmOptions(
  { confirm, confirmTimeout, rdapBootstrap }: ParsedOptions,
  env: Environment,
): ConfirmOptions | undefined {
  if (confirm) {
    return {
      timeout: (confirmTimeout ?? defaults.confirmTimeout) * 1000,
      bootstrap: rdapBootstrap,
      cacheFolder: cacheFolder(env),
    };
  }
  const dependent = { '--confirm-timeout': confirmTimeout, '--rdap-bootstrap': rdapBootstrap };
  for (const [option, value] of Object.entries(dependent)) {
    if (value !== undefined) refuse(`expected --confirm together with ${option}, got ${option} alone`);
  }
  return undefined;
}

/**
 * Returns the folder for cached files (XDG Base Directory Specification, which allows only absolute paths); undefined if
 * there is none.
 */
function cacheFolder({ XDG_CACHE_HOME }: Environment): string | undefined {
  const parent = XDG_CACHE_HOME || join(homeFolder(), '.cache');
  return isAbsolute(parent) ? join(parent, 'blogdom') : undefined;
}

/** Returns an empty text if the user has no home folder. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}
