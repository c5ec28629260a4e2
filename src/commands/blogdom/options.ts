import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../dns/transport/transport.js';
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
import { useColor } from './color.js';
import { createCommand, type Flags } from './command.js';

/** What the user wants, checked. */
export interface Options extends WordOptions {
  readonly tlds: readonly DomainName[];
  readonly list: boolean;
  readonly servers: readonly Server[];
  readonly concurrency: number;
  /** Milliseconds that one try may take. */
  readonly timeout: number;
  readonly tries: number;
  /** Queries a second. */
  readonly rate: number | undefined;
  /** Whether the network is tested before it is believed. */
  readonly canary: boolean;
  /** How the registries are asked, where they are. */
  readonly confirm: ConfirmOptions | undefined;
  readonly format: FormatName;
  readonly only: ReadonlySet<Status>;
  readonly color: boolean;
  readonly verbose: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The original wants short names; its limit gives way to a `--min-length` above it. */
const maxReservedLength = 4;

/**
 * Reads what the user typed.
 *
 * @param argv the arguments, without the program's name.
 * @param isTerminal whether standard output is one.
 */
export function parseOptions(
  argv: readonly string[],
  env: Environment,
  isTerminal: boolean,
): Parsed<Options> {
  return parseCommand(createCommand(), argv, (command) =>
    resolve(command.args, command.opts<Flags>(), env, isTerminal),
  );
}

function resolve(args: readonly string[], flags: Flags, env: Environment, isTerminal: boolean): Options {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = flags;
  if (minLength > maxLength) {
    refuse(`expected --min-length to be at most --max-length, got ${minLength} and ${maxLength}`);
  }
  const tlds = flags.tld ?? [{ name: 'dev' }];
  const words = args.filter((word) => word !== '-');
  const files = [...(flags.file ?? []), ...args.filter((word) => word === '-')];
  const languages = flags.language?.flatMap((language) => (language === 'all' ? languageNames : [language]));
  return {
    words: words.map((word) => checked(word, tlds)),
    files,
    languages: languages ?? (args.length + files.length > 0 ? [] : ['python']),
    soft: flags.soft ?? false,
    minLength,
    maxLength,
    maxReservedLength: flags.maxLength ?? (minLength > maxReservedLength ? maxLength : maxReservedLength),
    tlds,
    list: flags.list ?? false,
    servers: flags.server ?? (flags.list ? [] : configuredServers()),
    concurrency: flags.concurrency,
    timeout: flags.timeout * 1000,
    tries: flags.tries,
    rate: flags.rate,
    canary: flags.canary,
    confirm: confirmOptions(flags, env),
    format: flags.format,
    only: new Set(flags.only ?? statuses),
    color: useColor(flags.color, env, isTerminal),
    verbose: flags.verbose ?? false,
  };
}

function confirmOptions(
  { confirm, confirmTimeout, rdapBootstrap }: Flags,
  { XDG_CACHE_HOME }: Environment,
): ConfirmOptions | undefined {
  if (confirm) {
    const cacheFolder = join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'blogdom');
    return {
      timeout: (confirmTimeout ?? defaults.confirmTimeout) * 1000,
      bootstrap: rdapBootstrap,
      cacheFolder,
    };
  }
  const given = { '--confirm-timeout': confirmTimeout, '--rdap-bootstrap': rdapBootstrap };
  for (const [option, value] of Object.entries(given)) {
    if (value !== undefined) refuse(`expected ${option} to stand beside --confirm, got it alone`);
  }
  return undefined;
}

function checked(word: string, tlds: readonly DomainName[]): string {
  const made = candidatesOf(word, tlds);
  if ('problem' in made) refuse(made.problem);
  return word;
}

function configuredServers(): readonly Server[] {
  const servers = systemServers();
  if (servers.length === 0)
    refuse('expected the system to be set to use a name server, got none: give one with --server');
  return servers;
}
