import { startFaultyServer } from './child-server.js';
import { blogdom, blogdomAt, cares, massdns } from './contenders.js';
import type { Faults, Rate, Refusal } from './faulty/faults.js';
import { startDnsmasq } from './forwarders.js';
import { type Goal, printGoals, runTrials, trialsOf } from './goals.js';
import { isInstalled } from './measure.js';
import type { Bench } from './race.js';
import type { Server } from './servers.js';

const asItLikes = (port: number) => blogdomAt('blogdom, as it likes', `127.0.0.1:${port}`);

/** Measures servers that answer so many queries a second and drop the rest. */
export async function limited(bench: Bench): Promise<void> {
  const [port] = bench.ports;
  const start = (rate: Rate) => startFaultyServer(port, { roundTrip: [0, 0], rate });
  const outcomes = [
    ...(await runTrials(bench, start({ perSecond: 200, burst: 4 }), () =>
      trialsOf('200 a second', {
        contenders: [asItLikes(port)],
        ...{ count: 2000, quickCount: 200 },
        goal: { seconds: 12, queries: 2500 },
      }),
    )),
    ...(await runTrials(bench, start({ perSecond: 2000, burst: 40 }), (server) =>
      trialsOf('2,000 a second', {
        contenders: [
          ...blogdom(server),
          ...(bench.quick ? [] : [...massdns(), ...massdns(1000), cares(server, 0.1)]),
        ],
        ...{ count: 20_000, quickCount: 4000 },
        goal: { seconds: 10.6, perName: 1.1 },
      }),
    )),
  ];
  printGoals('A server that answers so many queries a second and drops the rest', outcomes);
}

/** Measures forwarders that work on 150 queries at once and refuse the rest: the benchmark's own, and dnsmasq. */
export async function forwarder(bench: Bench): Promise<void> {
  const far = { milliseconds: 100, count: 5000, quickCount: 1000, goal: {} };
  const near = { milliseconds: 40, count: 3000, quickCount: 600, goal: { queries: 4500, seconds: 1.6 } };
  const outcomes = [];
  for (const { milliseconds, ...trial } of bench.quick ? [near] : [near, far]) {
    for (const [what, start] of forwardersOf(bench, milliseconds)) {
      const contenders = [asItLikes(bench.ports[0])];
      outcomes.push(
        ...(await runTrials(bench, start(), () =>
          trialsOf(`${what}, ${milliseconds} ms`, { ...trial, contenders }),
        )),
      );
    }
  }
  const notes = isInstalled('dnsmasq') ? [] : ['dnsmasq is not installed.'];
  printGoals('A forwarder of 150 queries at once', outcomes, notes);
}

/** The functions that start a forwarder so many milliseconds away, by its description. */
function forwardersOf(bench: Bench, milliseconds: number): [string, () => Promise<Server>][] {
  const [port, upstreamPort] = bench.ports;
  const line: Faults = { roundTrip: [milliseconds, milliseconds], tcp: 'all' };
  const own = (refusal: Refusal): [string, () => Promise<Server>] => [
    `${refusal} beyond`,
    () => startFaultyServer(port, { ...line, atOnce: 150, refusal }),
  ];
  const upstream = () => startFaultyServer(upstreamPort, line);
  return [
    own('REFUSED'),
    own('SERVFAIL'),
    ...(isInstalled('dnsmasq')
      ? [['dnsmasq', () => startDnsmasq(bench.folder, port, upstream())] satisfies [string, unknown]]
      : []),
  ];
}

/** Measures servers that answer a burst at once, and then fewer queries a second. */
export async function bucket(bench: Bench): Promise<void> {
  const [port] = bench.ports;
  const buckets: readonly { rate: Rate; count: number; quickCount: number; goal: Goal }[] = [
    { rate: { perSecond: 20, burst: 20 }, count: 100, quickCount: 30, goal: { seconds: 8 } },
    { rate: { perSecond: 500, burst: 500 }, count: 3000, quickCount: 1000, goal: { seconds: 9 } },
  ];
  const contenders = [asItLikes(port), ...(bench.quick ? [] : massdns())];
  const outcomes = [];
  for (const { rate, ...trial } of buckets) {
    for (const refusal of [undefined, 'SERVFAIL'] as const) {
      const faults: Faults = { roundTrip: [0, 0], rate, ...(refusal && { refusal }) };
      const what = `${rate.burst}, then ${rate.perSecond} a second, ${refusal ?? 'nothing'} beyond`;
      outcomes.push(
        ...(await runTrials(bench, startFaultyServer(port, faults), () =>
          trialsOf(what, { ...trial, contenders }),
        )),
      );
    }
  }
  printGoals('A token bucket', outcomes);
}
