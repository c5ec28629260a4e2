import { startFaultyServer } from './child-server.js';
import { blogdomAt } from './contenders.js';
import type { Reading } from './faulty/faults.js';
import { startDnsdist } from './forwarders.js';
import { printGoals, runTrials, type Trial } from './goals.js';
import { isInstalled } from './measure.js';
import type { Bench } from './race.js';

/** The most queries that the front over TLS takes on a connection. */
const perConnection = 10;

/** Measures servers that answer fewer queries on a connection than they are sent. */
export async function streams(bench: Bench): Promise<void> {
  const outcomes = [
    ...(await ofSegment(bench, 60)),
    ...(bench.quick ? [] : await ofSegment(bench, 200)),
    ...(await overTcp(bench, 'the first of each connection', 30)),
    ...(await overTls(bench)),
    ...(await overHttps(bench)),
  ];
  const notes = isInstalled('dnsdist')
    ? ['dnsdist counts only the queries that it reads.']
    : ['dnsdist is not installed.'];
  printGoals('Servers that answer only some of the queries on a connection', outcomes, notes);
}

const ofSegment = (bench: Bench, count: number) => overTcp(bench, 'the first of each segment', count);

async function overTcp(bench: Bench, tcp: Reading, count: number) {
  const [port] = bench.ports;
  const trial: Trial = {
    what: `TCP, ${tcp}`,
    contender: blogdomAt('blogdom', `tcp://127.0.0.1:${port}`),
    ...{ count, goal: { seconds: 5 } },
  };
  return runTrials(bench, startFaultyServer(port, { roundTrip: [0, 0], tcp }), () => [trial]);
}

async function overTls(bench: Bench) {
  const [port, tlsPort] = bench.ports;
  const trial = (what: string): Trial => ({
    what: `TLS, ${perConnection} queries a connection, ${what}`,
    contender: blogdomAt('blogdom', `tls://127.0.0.1:${tlsPort}`),
    ...{ count: 300, quickCount: 60, goal: { seconds: 3 } },
  });
  const tls = { port: tlsPort, ...(await bench.authority.issue()), perConnection };
  const own = startFaultyServer(port, { roundTrip: [0, 0], tls });
  const outcomes = await runTrials(bench, own, () => [trial('own server')]);
  if (!isInstalled('dnsdist')) return outcomes;
  for (const [inFlight, how] of [
    [0, 'dnsdist as it comes'],
    [100, 'dnsdist, maxInFlight=100'],
  ] as const) {
    const backend = startFaultyServer(port, { roundTrip: [0, 0], tcp: 'all' });
    const front = startDnsdist(bench.folder, tls, inFlight, backend);
    outcomes.push(...(await runTrials(bench, front, () => [trial(how)])));
  }
  return outcomes;
}

async function overHttps(bench: Bench) {
  const [port, , httpsPort] = bench.ports;
  const https = { port: httpsPort, ...(await bench.authority.issue()), streams: 4 };
  const trial: Trial = {
    what: `HTTPS, ${https.streams} streams, REFUSED_STREAM beyond`,
    contender: blogdomAt('blogdom', `https://127.0.0.1:${httpsPort}/dns-query`),
    ...{ count: 1000, quickCount: 200, goal: { perName: 1.5 } },
  };
  return runTrials(bench, startFaultyServer(port, { roundTrip: [20, 20], https }), () => [trial]);
}
