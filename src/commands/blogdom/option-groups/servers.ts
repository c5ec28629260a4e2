import type { Command } from 'commander';
import type { Server } from '../../../dns/transport/index.js';
import { defaults, maximums } from '../../../probe/defaults.js';
import { systemServers } from '../../../probe/servers.js';
import { listOf, seconds, server, wholeNumber } from '../../shared/option-values.js';
import { refuse } from '../../shared/parse.js';

/** The checked options that say which name servers are asked, and how. */
export interface ServerOptions {
  readonly servers: readonly Server[];
  readonly concurrency: number;
  /** Time limit for one try, in milliseconds. */
  readonly timeout: number;
  readonly tries: number;
  /** Queries a second; undefined for no limit. */
  readonly rate: number | undefined;
  /** Test the name servers with canaries before believing them. */
  readonly canary: boolean;
}

/** These options as commander returns them. */
export interface ParsedServerOptions {
  readonly server?: readonly Server[];
  readonly concurrency: number;
  /** Seconds. */
  readonly timeout: number;
  readonly tries: number;
  readonly rate?: number;
  readonly canary: boolean;
}

const serverHelp =
  'name servers to ask: addresses such as 192.0.2.1 or [2001:db8::1]:53, preceded by udp://, tcp://, tls:// or ' +
  "https:// to choose a transport; cloudflare, google or quad9; system for getaddrinfo (default: the system's name servers)";

/** Adds the options that say which name servers are asked, and how. */
export function addServerOptions(command: Command): Command {
  return command
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
    .option('--no-canary', 'believe the name servers without testing them');
}

/**
 * Completes these options with the settings of the system.
 *
 * @param needed whether any server will be asked.
 */
export function readServerOptions(parsed: ParsedServerOptions, needed: boolean): ServerOptions {
  const { server, concurrency, timeout, tries, rate, canary } = parsed;
  return {
    servers: server ?? (needed ? configuredServers() : []),
    concurrency,
    timeout: timeout * 1000,
    tries,
    rate,
    canary,
  };
}

function configuredServers(): readonly Server[] {
  const servers = systemServers();
  if (servers.length > 0) return servers;
  return refuse('expected a name server in the settings of the system, got none: choose one with --server');
}
