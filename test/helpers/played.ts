import { openUpstreams } from '../../src/dns/resolver/upstreams.js';
import type { OpenServer, Server } from '../../src/dns/transport/index.js';
import type { Platform } from '../../src/dns/transport/platform.js';
import type { RecordType } from '../../src/dns/wire/record-types.js';
import type { Reply } from '../../src/dns/wire/reply.js';
import { type Candidate, parseWholeName } from '../../src/names/candidate.js';
import { openProber, type Prober, type ProberOptions } from '../../src/probe/prober.js';
import { marks, type ProbeResult } from '../../src/probe/result.js';
import type { ServerReport } from '../../src/servers/server-report.js';
import { createSeededRandom } from '../simulation/random.js';
import { createVirtualClock } from '../simulation/virtual-clock.js';

/** A query as a played server receives it. */
export interface PlayedQuery {
  readonly name: string;
  readonly type: RecordType;
  /** The zone that the server serves, if it is asked without recursion. */
  readonly zone?: string | undefined;
  /** Whether the records of DNSSEC are asked for. */
  readonly wantsDnssec?: boolean;
  /** Milliseconds since the run began. */
  readonly time: number;
}

/** A server without sockets: says what it replies to a query, or undefined if it does not reply. */
export type PlayedServer = (query: PlayedQuery) => Partial<Reply> | undefined;

/** How a run is played. */
export interface PlayedOptions {
  /** Milliseconds until a server replies; 1 by default. */
  readonly delay?: (query: PlayedQuery) => number;
  readonly timeout?: number;
  readonly tries?: number;
  /** The most names in flight; all of them by default. */
  readonly concurrency?: number;
  readonly canary?: boolean;
  readonly seed?: number;
}

/** What a prober is opened with; its upstreams have the same platform and servers. */
export interface PlayedContext
  extends Required<Pick<ProberOptions, 'upstreams' | 'tries' | 'canary' | 'note' | 'log'>> {
  readonly platform: Platform;
  readonly openServer: OpenServer;
  readonly timeout: number;
}

/** A run that has been played. In all texts, the URLs of the first three servers are FIRST, SECOND and THIRD. */
export interface PlayedRun {
  /** The results as text, in alphabetical order. */
  readonly lines: readonly string[];
  readonly notes: readonly string[];
  readonly log: readonly string[];
  /** The results in the order in which they came. */
  readonly results: readonly ProbeResult[];
  /** The queries that each server received, in order. */
  readonly queries: readonly (readonly PlayedQuery[])[];
  readonly reports: readonly ServerReport[];
  /** Milliseconds until the last result. */
  readonly time: number;
}

const ordinals = ['FIRST', 'SECOND', 'THIRD'];

/** The URL of a played server. */
export const urlAt = (index: number): string => `udp://192.0.2.${index + 1}:53`;

/** The server at a URL such as `udp://192.0.2.1:53`. */
export const serverAt = (url: string): Server => ({
  scheme: 'udp',
  url,
  address: url.slice('udp://'.length, -':53'.length),
  port: 53,
});

const plain = (text: string): string =>
  ordinals.reduce((rest, ordinal, index) => rest.replaceAll(urlAt(index), ordinal), text);

/** Reads a whole name, or a word and the suffix that it is put under with a space between them. */
export function candidateOf(text: string): Candidate {
  const [word = '', tld] = text.split(' ');
  if (tld !== undefined) return { name: `${word}.${tld}`, word, tld };
  const candidate = parseWholeName(word);
  if ('problem' in candidate) throw new Error(candidate.problem);
  return candidate;
}

const noSockets = () => {
  throw new Error('Expected no socket to be opened in a played run');
};
const sockets = { connectDatagram: noSockets, openDatagram: noSockets, connectStream: noSockets };

/** Milliseconds of virtual time after which a run counts as stuck. */
const longest = 3_600_000;

/** Plays a run in virtual time. The same servers and names give the same run. */
export function play(
  servers: readonly PlayedServer[],
  names: readonly string[],
  options: PlayedOptions = {},
): Promise<PlayedRun> {
  const known = servers.map((server, index) => [urlAt(index), server] as const);
  const open = (context: PlayedContext) =>
    openProber({ ...context, servers: known.map(([url]) => serverAt(url)) });
  return playProber(new Map(known), open, names.map(candidateOf), options);
}

/**
 * Plays a run of a prober in virtual time.
 *
 * @param servers all servers that can be asked, by their URLs.
 */
export async function playProber(
  servers: ReadonlyMap<string, PlayedServer>,
  open: (context: PlayedContext) => Prober,
  candidates: readonly Candidate[],
  { delay = () => 1, timeout = 1000, tries = 3, canary = true, seed = 1, concurrency }: PlayedOptions = {},
): Promise<PlayedRun> {
  const clock = createVirtualClock();
  const notes: string[] = [];
  const log: string[] = [];
  const queries = new Map<string, PlayedQuery[]>([...servers.keys()].map((url) => [url, []]));

  const openServer: OpenServer = ({ url }, { settled }) => ({
    kind: 'datagram',
    capacity: () => Number.POSITIVE_INFINITY,
    ask(query) {
      const { name, type, flags } = query.question;
      const wantsDnssec = flags?.wantsDnssec === true;
      const asked = { name, type, zone: flags?.zone, wantsDnssec, time: clock.now() };
      queries.get(url)?.push(asked);
      const reply = servers.get(url)?.(asked);
      if (reply === undefined) return;
      const whole = { rcode: 'NOERROR', truncated: false, addresses: [], ...reply };
      clock.setTimer(delay(asked), () => settled(query, { reply: whole, server: url }));
    },
    suspect: () => undefined,
    forget() {},
    close() {},
  });

  const platform = { clock, random: createSeededRandom(seed), sockets };
  const upstreams = openUpstreams({ platform, timeout, openServer });
  const prober = open({
    platform,
    openServer,
    timeout,
    upstreams,
    tries,
    canary,
    note: (message) => notes.push(message),
    log: (message) => log.push(message),
  });
  const results: ProbeResult[] = [];
  const waiting = [...candidates];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await prober.probe(next));
  };
  const workers = Array.from({ length: concurrency ?? candidates.length }, work);
  await clock.play(Promise.all(workers), longest);
  const time = clock.now();
  const reports = prober.reports();
  prober.close();
  upstreams.close();
  return {
    lines: results.map((result) => plain(textOf(result))).toSorted(),
    notes: notes.map(plain),
    log: log.map(plain),
    results,
    queries: [...queries.values()],
    reports,
    time,
  };
}

const textOf = ({ status, name, reason }: ProbeResult): string =>
  `${marks[status]} ${name}${reason ? `  ${reason}` : ''}`;
