import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { defaults, maximums } from '../../../probe/defaults.js';
import { isEncrypted, isResolver, type ServerChoice } from '../../../servers/server-choice.js';
import { distinctServers, parseServerList, type ServerList } from '../../../servers/server-list.js';
import { noneConfigured, systemServers } from '../../../servers/system-servers.js';
import { whyUnusable } from '../../../util/error-code.js';
import { quoted } from '../../../util/printable.js';
import { grouped } from '../../../util/quantity.js';
import { decodeText } from '../../../util/utf-16.js';
import { listOf, seconds, wholeNumber } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';
import { filePaths, server } from './values.js';

/** The options that say which name servers are asked, and how, as commander returns them. */
export interface ParsedServerOptions {
  readonly server?: readonly ServerChoice[];
  /** The paths of lists of servers. */
  readonly serverFile?: readonly string[];
  /** The path of the report of the servers; undefined for none. */
  readonly serverReport?: string;
  readonly concurrency: number;
  /** Time limit for one try, in seconds. */
  readonly timeout: number;
  readonly tries: number;
  /** Queries a second; undefined for no limit. */
  readonly rate?: number;
  /** Test the name servers with canaries before believing them. */
  readonly canary: boolean;
  /** Ask for offers to sell names. */
  readonly forSale?: boolean;
  /** Show names to nobody but encrypted servers. */
  readonly private?: boolean;
}

/** What is made of these options. */
export interface ServerOptions {
  readonly servers: readonly ServerChoice[];
  /** Whether the name servers of a suffix are asked if the servers fail, because the user has not chosen any. */
  readonly asksAuthorityAfterFailure: boolean;
  /** What is wrong with some lines of lists of servers, for the user. */
  readonly serverProblems: readonly string[];
  /** Time limit for one try, in milliseconds. */
  readonly timeout: number;
  readonly isPrivate: boolean;
}

const serverHelp =
  'name servers to ask: addresses such as 192.0.2.1 or [2001:db8::1]:53, preceded by udp://, tcp://, tls:// or ' +
  "https:// to choose a transport; cloudflare, google or quad9; system for getaddrinfo; authority for the authoritative servers of each top-level domain (default: the system's name servers)";

/** Adds the options that say which name servers are asked, and how. */
export function addServerOptions(command: Command): Command {
  return command
    .option('-s, --server <list>', serverHelp, listOf(server))
    .option('--server-file <path>', 'read name servers from a file, one per line', filePaths)
    .option('--server-report <path>', 'write per-server statistics as JSON Lines')
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
    .option('--for-sale', 'ask whether existing names are for sale, and at what price')
    .option('--private', 'send names only to encrypted servers that you name')
    .option('--no-canary', 'trust the name servers without testing them');
}

/**
 * Checks these options against each other, as far as that is possible without reading lists of servers.
 *
 * @param needed whether any server will be asked.
 */
export function checkServerOptions(
  { server = [], serverFile, private: isPrivate }: ParsedServerOptions,
  needed: boolean,
): void {
  if (isPrivate && needed && (server.length > 0 || !serverFile)) refuseOpenServers(server);
}

/**
 * Completes these options with the lists of servers and the settings of the system.
 *
 * @param needed whether any server will be asked.
 */
export function readServerOptions(parsed: ParsedServerOptions, needed: boolean): ServerOptions {
  const { server = [], serverFile = [], timeout, private: isPrivate = false } = parsed;
  const lists = needed ? serverFile.map(readServerFile) : [];
  const listed = [...server, ...lists.flatMap(({ servers }) => servers)];
  if (isPrivate && needed) refuseOpenServers(listed);
  // The authority is found through resolvers.
  const fromSystem = needed && !listed.some(isResolver) ? configuredServers() : [];
  return {
    servers: listed.length > 0 ? distinctServers(listed) : fromSystem,
    asksAuthorityAfterFailure: listed.length === 0,
    serverProblems: lists.flatMap(({ problems }) => problems),
    timeout: timeout * 1000,
    isPrivate,
  };
}

/** Refuses servers that would be asked in plain text, and those of the system, which may be. */
function refuseOpenServers(servers: readonly ServerChoice[]): void {
  const open = servers.find(({ scheme }) => !isEncrypted(scheme));
  if (servers.length > 0 && !open) return;
  refuse(
    `--private requires encrypted servers, such as --server tls://dns.example or https://dns.example/dns-query, got ${open?.url ?? 'none'}`,
  );
}

/** The most bad lines of a list that are reported one by one. */
const maximumProblems = 5;

function readServerFile(path: string): ServerList {
  const { servers, problems } = parseServerList(readText(path));
  const origin = quoted(path);
  if (servers.length === 0)
    refuse(`--server-file: expected a file of name servers, got ${origin}: it has none`);
  const first = problems.slice(0, maximumProblems).map((problem) => `${origin}, ${problem}`);
  if (problems.length === 0) return { servers, problems };
  const rest = problems.length - first.length;
  const more = rest > 0 ? [`${origin}: ${grouped(rest)} more lines are not name servers`] : [];
  const used = `${origin}: the run goes on with its ${grouped(servers.length)} servers`;
  return { servers, problems: [...first, ...more, used] };
}

function readText(path: string): string {
  try {
    return decodeText(readFileSync(path));
  } catch (error) {
    return refuse(
      `--server-file: expected a file of name servers, got ${quoted(path)}: ${whyUnusable(error, 'read')}`,
    );
  }
}

function configuredServers(): readonly ServerChoice[] {
  const servers = systemServers();
  if (servers.length > 0) return servers;
  return refuse(`${noneConfigured}: choose one with --server, such as --server 192.0.2.1`);
}

/**
 * Returns the servers to ask in the next round of `--watch`. Those of the system are read again, since the network may have
 * changed; if none is configured now, those that were configured at the start are asked.
 */
export function serversOfRound(
  { servers, asksAuthorityAfterFailure }: Pick<ServerOptions, 'servers' | 'asksAuthorityAfterFailure'>,
  read: () => readonly ServerChoice[] = systemServers,
): readonly ServerChoice[] {
  if (!asksAuthorityAfterFailure) return servers;
  const now = read();
  return now.length > 0 ? now : servers;
}
