import { namesAtAuthority } from './authority.js';
import { startFastServers, startFaultyServer } from './child-server.js';
import { choiceOfTransport } from './choice.js';
import { blogdom, cares, dnsperf, fromStandardInput, massdns, usingSystemServers } from './contenders.js';
import { dead } from './dead.js';
import type { Faults } from './faulty/faults.js';
import { flags } from './flags.js';
import { printGoals, runTrials, trialsOf } from './goals.js';
import { bucket, forwarder, limited } from './limits.js';
import { manyServers } from './many.js';
import { isInstalled, median } from './measure.js';
import { nagle } from './nagle.js';
import { type Bench, type Entry, race } from './race.js';
import { failuresOf, printRace } from './race-table.js';
import { rates } from './rates.js';
import { foreignServers, withServer } from './servers.js';
import { sockets } from './sockets.js';
import { defaultRun, startTime } from './starts.js';
import { streams } from './streams.js';
import { printTable, rounded } from './table.js';

/** Measures one thing and prints a table. */
export type Scenario = (bench: Bench) => Promise<void>;

/** Many names from a file, with each foreign server. */
const namesFromFile: Scenario = async (bench) => {
  const count = bench.zoneSize;
  const first = installedServers()[0]?.[0];
  for (const [program, start] of Object.entries(foreignServers)) {
    if (!isInstalled(program)) {
      console.log(`\n${program} is not installed.`);
      continue;
    }
    await withServer(start(bench), async (server) => {
      const contenders = [
        ...blogdom(server),
        ...massdns(1000),
        cares(server),
        // These are far slower than any of the servers, so one server is enough.
        ...(bench.ownSystem && program === first ? usingSystemServers() : []),
        ...dnsperf(server),
      ];
      const entries = await race(bench, server, contenders, count, bench.quick ? 1 : 3);
      const notes = program === first && !bench.ownSystem ? [missingContenders] : [];
      printRace(`${program}: ${rounded(count)} names from a file`, entries, notes);
    });
  }
};

const installedServers = () => Object.entries(foreignServers).filter(([program]) => isInstalled(program));

const missingContenders = 'Without getaddrinfo and the original, which need root and unshare.';

/** Many names, with a server that is not the limit. */
const fastServer: Scenario = async (bench) => {
  const count = bench.quick ? 100_000 : 1_000_000;
  await withServer(startFastServers(bench), async (server) => {
    // The default needs one port for both.
    const [, ...chosen] = blogdom(server);
    const entries = await race(bench, server, [...chosen, ...massdns(1000)], count, bench.quick ? 1 : 3);
    printRace(`A server that is not the limit: ${rounded(count)} names from a file`, entries);
  });
};

/** A server that is far away, on a network that loses packets. */
const farAndLossy: Scenario = async (bench) => {
  const outcomes = await runTrials(
    bench,
    startFaultyServer(bench.ports[0], { roundTrip: [40, 60], loss: 0.02 }),
    (server) =>
      trialsOf('2 % lost', {
        contenders: [
          ...blogdom(server),
          // With 8,000 names in flight, massdns is at its best on this line.
          ...massdns(8000),
          ...massdns(),
          ...(bench.quick ? [] : [cares(server, 0.25)]),
        ],
        ...{ count: 20_000, quickCount: 4000, goal: { times: 0.6 } },
      }),
    bench.quick ? 1 : 3,
  );
  printGoals('A server 40 to 60 ms away, 2 % of the packets lost each way', outcomes, [
    'The reference is massdns at its best.',
  ]);
};

/** Few names on a lossy network, many times: the slowest run counts. */
const fewAndLossy: Scenario = async (bench) => {
  const count = 18;
  const rounds = bench.quick ? 5 : 100;
  const faults: Faults = { roundTrip: [20, 20], loss: 0.1 };
  await withServer(startFaultyServer(bench.ports[0], faults), async (server) => {
    const contenders = [...blogdom(server), ...(bench.quick ? [] : massdns(1000))];
    const entries = await race(bench, server, contenders, count, rounds);
    const title = `A server 20 ms away, one packet in ten lost each way: ${count} names, ${rounds} runs`;
    const columns = ['contender', 'slowest, s', 'median, s', 'no answer', 'wrong'];
    printTable(title, columns, entries.map(slowestRow), failuresOf(entries));
  });
};

function slowestRow({ contender, runs }: Entry): string[] {
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

/** Fewer and more names from standard input: the memory should not grow. */
const memory: Scenario = async (bench) => {
  const [installed] = installedServers();
  if (!installed) return;
  const [program, start] = installed;
  const counts = bench.quick ? [25_000, 100_000] : [500_000, 5_000_000];
  await withServer(start(bench), async (server) => {
    const all = bench.quick ? blogdom(server).slice(0, 1) : [...blogdom(server), ...massdns(1000)];
    const contenders = all.map(fromStandardInput);
    for (const count of counts) {
      const entries = await race(bench, server, contenders, count, 1);
      printRace(`${program}: ${rounded(count)} names from standard input`, entries);
    }
  });
};

/** Every scenario, by its name for `--only`, in the order in which they run. */
export const scenarios = {
  file: namesFromFile,
  fast: fastServer,
  choice: choiceOfTransport,
  lossy: farAndLossy,
  limited,
  forwarder,
  bucket,
  few: fewAndLossy,
  memory,
  many: manyServers,
  authority: namesAtAuthority,
  rates,
  dead,
  streams,
  nagle,
  sockets,
  start: startTime,
  default: defaultRun,
  flags,
} as const satisfies Record<string, Scenario>;
