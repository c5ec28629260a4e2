import {
  blogdom,
  bySystem,
  type Contender,
  cares,
  dnsperf,
  fromStandardInput,
  massdns,
} from './contenders.js';
import { startFaulty } from './faulty.js';
import type { Faults } from './faulty-server.js';
import { flags } from './flags.js';
import { isInstalled, median } from './measure.js';
import { type Bench, type Entry, failuresOf, printRace, race } from './race.js';
import { foreignServers, type Server, serving } from './servers.js';
import { defaultRun, startTime } from './starts.js';
import { printTable, rounded } from './table.js';

/** Many names from a file, asked of each server of another make. */
async function fromFile(bench: Bench): Promise<void> {
  const count = bench.zoneSize;
  const first = installedServers()[0]?.[0];
  for (const [program, start] of Object.entries(foreignServers)) {
    if (!isInstalled(program)) {
      console.log(`\n${program} is not installed.`);
      continue;
    }
    await serving(start(bench), async (server) => {
      const contenders = [
        ...blogdom(server),
        ...massdns(1000),
        cares(server),
        // Far slower than any of the servers, so that one shows it.
        ...(bench.ownSystem && program === first ? bySystem() : []),
        ...dnsperf(server),
      ];
      const entries = await race(bench, server, contenders, count, bench.quick ? 1 : 3);
      printRace(
        `${program}: ${rounded(count)} names from a file`,
        entries,
        program === first ? systemNote(bench) : [],
      );
    });
  }
}

const installedServers = () => Object.entries(foreignServers).filter(([program]) => isInstalled(program));

const systemNote = ({ ownSystem }: Bench): string[] =>
  ownSystem ? [] : ['Without getaddrinfo and the original: they need root and unshare.'];

async function farAndLossy(bench: Bench): Promise<void> {
  const faults: Faults = { roundTrip: [40, 60], loss: 0.02 };
  const title = '40 to 60 ms away, 2 % of the packets lost each way';
  await faultyRace(bench, title, faults, (server) => [
    ...massdns(1000),
    ...massdns(),
    ...(bench.quick ? [] : [cares(server, 0.25)]),
  ]);
}

async function limited(bench: Bench): Promise<void> {
  const faults: Faults = { roundTrip: [0, 0], loss: 0, rate: 2000 };
  const title = 'that answers 2,000 queries a second and drops the rest';
  await faultyRace(bench, title, faults, (server) =>
    bench.quick ? [] : [...massdns(), ...massdns(1000), cares(server, 0.1)],
  );
}

async function faultyRace(
  bench: Bench,
  title: string,
  faults: Faults,
  others: (server: Server) => readonly Contender[],
): Promise<void> {
  const count = bench.quick ? 4000 : 20_000;
  await serving(startFaulty(bench.ports[0], faults), async (server) => {
    const entries = await race(bench, server, [...blogdom(server), ...others(server)], count, 1);
    printRace(`A server ${title}: ${rounded(count)} names`, entries);
  });
}

async function fewAndLossy(bench: Bench): Promise<void> {
  const count = 18;
  const rounds = bench.quick ? 10 : 100;
  const faults: Faults = { roundTrip: [20, 20], loss: 0.1 };
  await serving(startFaulty(bench.ports[0], faults), async (server) => {
    const contenders = [...blogdom(server), ...(bench.quick ? [] : massdns(1000))];
    const entries = await race(bench, server, contenders, count, rounds);
    const title = `A server 20 ms away, one packet in ten lost each way: ${count} names, ${rounds} runs`;
    printTable(
      title,
      ['contender', 'slowest, s', 'median, s', 'no answer', 'wrong'],
      entries.map(slowest),
      failuresOf(entries),
    );
  });
}

function slowest({ contender, runs }: Entry): string[] {
  const seconds = runs.map((run) => run.seconds);
  const sum = (values: readonly number[]) => `${values.reduce((total, value) => total + value, 0)}`;
  return [
    contender.title,
    rounded(Math.max(...seconds)),
    rounded(median(seconds)),
    sum(runs.map(({ unanswered }) => unanswered)),
    sum(runs.map(({ wrong }) => wrong ?? 0)),
  ];
}

async function memory(bench: Bench): Promise<void> {
  const [server] = installedServers();
  if (!server) return;
  const [program, start] = server;
  const counts = bench.quick ? [25_000, 100_000] : [500_000, 5_000_000];
  await serving(start(bench), async (server) => {
    const [asItLikes] = blogdom(server);
    const all = bench.quick && asItLikes ? [asItLikes] : [...blogdom(server), ...massdns(1000)];
    const contenders = all.map(fromStandardInput);
    for (const count of counts) {
      const entries = await race(bench, server, contenders, count, 1);
      printRace(`${program}: ${rounded(count)} names from standard input`, entries);
    }
  });
}

/** Every scenario, in the order of the goals. */
export const scenarios = {
  file: fromFile,
  lossy: farAndLossy,
  limited,
  few: fewAndLossy,
  memory,
  start: startTime,
  default: defaultRun,
  flags,
} as const satisfies Record<string, (bench: Bench) => Promise<void>>;
