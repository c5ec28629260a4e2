import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseServer } from '../../src/probe/servers.js';
import { type Check, checkDnsperf, checkMassdns, checkText } from './check.js';
import { isInstalled } from './measure.js';
import { original } from './original.js';
import type { Server } from './servers.js';

/** The files of one run. */
export interface Files {
  /** The names, one a line. */
  readonly names: string;
  /** The same as dnsperf takes them. */
  readonly queries: string;
  /** What massdns takes for its list of servers. */
  readonly resolvers: string;
}

/** A program that looks up names. */
export interface Contender {
  readonly title: string;
  command(files: Files): readonly string[];
  readonly check: Check;
  /** Whether it takes the names from standard input. */
  readonly reads?: 'standard input';
  /** Whether it has to trust the certificate of the server. */
  readonly isEncrypted?: boolean;
  /** The share of the names that it gets, where all of them would take minutes. */
  readonly share?: number;
}

/** The command as it was built. */
export const blogdomFile = resolve('bin/blogdom.js');

const self = process.argv[1] ?? '';

/** blogdom, which is asked to find a server under each URL that it knows. */
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

const blogdomAt = (title: string, url: string): Contender => ({
  title,
  command: ({ names }) => [process.execPath, blogdomFile, '-s', url, '-f', names],
  check: checkText,
  isEncrypted: /^(?:tls|https):/.test(url),
});

/** The same with the names from standard input. */
export const fromStandardInput = (contender: Contender): Contender => ({
  ...contender,
  command: (files) => contender.command({ ...files, names: '-' }),
  reads: 'standard input',
});

export const cares = ({ port }: Server, share = 1): Contender => ({
  title: 'c-ares (Node)',
  command: ({ names }) => [process.execPath, self, 'resolver', names, `127.0.0.1:${port}`],
  check: checkText,
  share,
});

const lookup: Contender = {
  title: 'getaddrinfo (Node)',
  command: ({ names }) => [process.execPath, self, 'lookup', names],
  check: checkText,
  share: 0.1,
};

/** Debian's Python where it is there, as another one may have been built otherwise. */
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** The original's equivalent with its default names, written out line by line as to a terminal. */
export const originalCommand = [python, '-u', '-c', original];

const asyncio: Contender = {
  title: 'asyncio (the original)',
  command: ({ names }) => [python, '-c', original, names],
  check: checkText,
  share: 0.1,
};

/** What can only ask the servers that the system is set to use. */
export const bySystem = (): Contender[] => (isInstalled(python) ? [lookup, asyncio] : [lookup]);

const { MASSDNS: massdnsFile } = process.env;

/** massdns with so many names in flight, or with as many as it likes; nothing where it is not there. */
export function massdns(atOnce?: number): Contender[] {
  if (!massdnsFile) return [];
  const program = resolve(massdnsFile);
  const size = atOnce === undefined ? [] : ['-s', `${atOnce}`];
  // It would become a user who may not read the folder of the benchmark.
  const user = process.getuid?.() === 0 ? ['--root'] : [];
  const always = [...user, '-t', 'A', '-o', 'Snl', '--status-format', 'json', '-w', '/dev/stdout'];
  return [
    {
      title: atOnce === undefined ? 'massdns' : `massdns -s ${atOnce}`,
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

/** dnsperf, which only sends queries and counts replies: the limit of the server itself. */
export function dnsperf({ ports, port }: Server): Contender[] {
  if (!isInstalled('dnsperf')) return [];
  // More than 100 queries in flight find no room in the buffer of a server's socket; a stream waits.
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

/** Where the files of a run of so many names are. */
export const filesOf = (folder: string, count: number): Files => ({
  names: join(folder, `names-${count}`),
  queries: join(folder, `queries-${count}`),
  resolvers: join(folder, 'resolvers'),
});
