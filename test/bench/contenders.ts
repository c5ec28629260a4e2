import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseServer } from '../../src/servers/server-choice.js';
import { type Check, checkDnsperf, checkMassdns, checkText } from './check.js';
import { isInstalled } from './measure.js';
import { original } from './original.js';
import type { Server } from './servers.js';

/** The input files of one run. */
export interface Files {
  /** The names, one a line. */
  readonly names: string;
  /** The names in the format of dnsperf. */
  readonly queries: string;
  /** The list of servers for massdns. */
  readonly resolvers: string;
}

/** A program that looks up names. */
export interface Contender {
  readonly title: string;
  command(files: Files): readonly string[];
  readonly check: Check;
  /** Whether it reads the names from standard input. */
  readonly readsStandardInput?: boolean;
  /** Whether it has to trust the server's certificate. */
  readonly isEncrypted?: boolean;
  /** The share of the names that it gets, if all of them would take minutes; 1 by default. */
  readonly share?: number;
}

/** The built command. */
export const blogdomFile = resolve('bin/blogdom.js');

/** The benchmark's own bundle. */
const self = process.argv[1] ?? '';

/** blogdom, once for each transport of the server. */
export function blogdom({ port, ports }: Server): Contender[] {
  const { tcp, tls, https } = ports;
  const urls = {
    'as it likes': `127.0.0.1:${port}`,
    'udp://': `udp://127.0.0.1:${port}`,
    'tcp://': tcp && `tcp://127.0.0.1:${tcp}`,
    'tls://': tls && `tls://127.0.0.1:${tls}`,
    'https://': https && `https://127.0.0.1:${https}/dns-query`,
  };
  return Object.entries(urls).flatMap(([how, url]) =>
    url && parseServer(url) ? blogdomAt(`blogdom, ${how}`, url) : [],
  );
}

/** blogdom with some options. */
export const blogdomWith = (title: string, options: readonly string[]): Contender => ({
  title,
  command: ({ names }) => [process.execPath, blogdomFile, ...options, '-f', names],
  check: checkText,
});

/** blogdom at one server, with more options. */
export const blogdomAt = (title: string, url: string, options: readonly string[] = []): Contender => ({
  ...blogdomWith(title, ['-s', url, ...options]),
  isEncrypted: /^(?:tls|https):/.test(url),
});

/** Returns the same contender with the names on standard input. */
export const fromStandardInput = (contender: Contender): Contender => ({
  ...contender,
  command: (files) => contender.command({ ...files, names: '-' }),
  readsStandardInput: true,
});

/** Node's c-ares. */
export const cares = ({ port }: Server, share = 1): Contender => ({
  title: 'c-ares (Node)',
  command: ({ names }) => [process.execPath, self, 'c-ares', names, `127.0.0.1:${port}`],
  check: checkText,
  share,
});

const getaddrinfo: Contender = {
  title: 'getaddrinfo (Node)',
  command: ({ names }) => [process.execPath, self, 'getaddrinfo', names],
  check: checkText,
  share: 0.1,
};

/** Debian's Python if it is installed, because another one may have been built differently. */
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** The original's equivalent with its default names; `-u` makes it write line by line, as to a terminal. */
export const originalCommand = [python, '-u', '-c', original];

const asyncio: Contender = {
  title: 'asyncio (the original)',
  command: ({ names }) => [python, '-c', original, names],
  check: checkText,
  share: 0.1,
};

/** The contenders that can ask only the name servers of the system. */
export const usingSystemServers = (): Contender[] =>
  isInstalled(python) ? [getaddrinfo, asyncio] : [getaddrinfo];

const { MASSDNS: massdnsFile } = process.env;

/**
 * massdns, if MASSDNS names it.
 *
 * @param concurrency names in flight; by default massdns's own choice.
 * @param tries the most queries for a name; by default massdns's own choice, which is 50.
 */
export function massdns(concurrency?: number, tries?: number): Contender[] {
  if (!massdnsFile) return [];
  const program = resolve(massdnsFile);
  const size = [
    ...(concurrency === undefined ? [] : ['-s', `${concurrency}`]),
    ...(tries === undefined ? [] : ['-c', `${tries}`]),
  ];
  // As root, it would change to a user who may not read the folder of the benchmark.
  const user = process.getuid?.() === 0 ? ['--root'] : [];
  const always = [...user, '-t', 'A', '-o', 'Snl', '--status-format', 'json', '-w', '/dev/stdout'];
  return [
    {
      title: ['massdns', ...size].join(' '),
      command: ({ names, resolvers }) => [
        program,
        ...always,
        ...size,
        '-r',
        resolvers,
        ...(names === '-' ? [] : [names]),
      ],
      check: checkMassdns,
    },
  ];
}

/** dnsperf, if it is installed: it only sends queries and counts replies, which shows the limit of the server. */
export function dnsperf({ ports, port }: Server): Contender[] {
  if (!isInstalled('dnsperf')) return [];
  // Streams may have 1,000 queries in flight; over UDP, more than the default of 100 overflow the server's buffer.
  const many = ['-c', '4', '-q', '1000'];
  const modes = {
    udp: { port, options: [] },
    tcp: { port: ports.tcp, options: many },
    dot: { port: ports.tls, options: many },
    doh: { port: ports.https, options: ['-c', '4', '-O', 'doh-uri=https://localhost/dns-query'] },
  };
  return Object.entries(modes).flatMap(([mode, how]) =>
    how.port === undefined ? [] : dnsperfBy(mode, how.port, how.options),
  );
}

const dnsperfBy = (mode: string, port: number, options: readonly string[]): Contender => ({
  title: `dnsperf, ${mode}`,
  command: ({ queries }) => [
    'dnsperf',
    ...['-m', mode, '-s', '127.0.0.1', '-p', `${port}`, '-d', queries, '-n', '1'],
    ...options,
  ],
  check: checkDnsperf,
});

/** Returns the paths of the input files for `count` names. */
export const filesOf = (folder: string, count: number): Files => ({
  names: join(folder, `names-${count}`),
  queries: join(folder, `queries-${count}`),
  resolvers: join(folder, 'resolvers'),
});
