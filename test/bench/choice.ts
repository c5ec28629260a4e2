import { startFastServer } from './child-server.js';
import { blogdom } from './contenders.js';
import { isInstalled, median } from './measure.js';
import { type Bench, type Entry, race } from './race.js';
import { foreignServers, type Server, withServer } from './servers.js';
import { printTable, rounded } from './table.js';

/** The default may take this many times as long as the better of UDP and TCP. */
const tolerance = 1.05;

/** Compares the default, which tries UDP and TCP, with each of them, in many rounds. */
export async function choiceOfTransport(bench: Bench): Promise<void> {
  const rounds = bench.quick ? 1 : 10;
  const servers: [string, () => Promise<Server>][] = [
    ...Object.entries(foreignServers).map(([program, start]): [string, () => Promise<Server>] => [
      program,
      () => start(bench),
    ]),
    ['the fast server', () => startFastServer(bench.ports[0], bench.zoneSize)],
  ];
  const rows: string[][] = [];
  for (const [title, start] of servers) {
    if (title in foreignServers && !isInstalled(title)) continue;
    await withServer(start(), async (server) => {
      // The default, UDP and TCP come first.
      const contenders = blogdom(server).slice(0, 3);
      rows.push([title, ...summaryOf(await race(bench, server, contenders, bench.zoneSize, rounds))]);
    });
  }
  const columns = [
    'server',
    'default, s',
    'UDP, s',
    'TCP, s',
    'default / better, sorted',
    `runs within ${tolerance}`,
  ];
  printTable(`The default against UDP and TCP: ${rounded(bench.zoneSize)} names`, columns, rows);
}

function summaryOf([chosen, udp, tcp]: readonly Entry[]): string[] {
  const ratios = (chosen?.runs ?? []).map(({ seconds }, round) => {
    const others = [udp, tcp].map((entry) => entry?.runs[round]?.seconds ?? Number.POSITIVE_INFINITY);
    return seconds / Math.min(...others);
  });
  const within = ratios.filter((ratio) => ratio <= tolerance).length;
  const medians = [chosen, udp, tcp].map((entry) =>
    rounded(median((entry?.runs ?? []).map(({ seconds }) => seconds))),
  );
  const sorted = ratios.toSorted((a, b) => a - b).map(rounded);
  return [...medians, sorted.join(' '), `${within} of ${ratios.length}`];
}
