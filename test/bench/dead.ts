import { startFaultyServer } from './child-server.js';
import { blogdom, type Contender, massdns } from './contenders.js';
import { isSilent, type Silence } from './faulty/faults.js';
import { printGoals, runTrials, trialsOf } from './goals.js';
import type { Bench } from './race.js';

/** As many queries for a name as blogdom sends. */
const tries = 7;

const first70: Silence = { every: 1, below: 70 };
const oneIn50: Silence = { every: 50, below: 2 ** 31 };

/** Measures names that are never answered among others that are. */
export async function dead(bench: Bench): Promise<void> {
  const outcomes = [
    // To give up a name takes many seconds, however few there are.
    ...(bench.quick ? [] : await first70Dead(bench)),
    ...(await runTrials(bench, start(bench, oneIn50), (server) =>
      trialsOf('one name in 50 dead', {
        // Over UDP, and over TCP if there is time.
        contenders: withoutSilent(oneIn50, [
          ...blogdom(server).slice(1, bench.quick ? 2 : 3),
          ...massdns(undefined, tries),
        ]),
        ...{ count: 100_000, quickCount: 10_000, goal: { times: 1.5 } },
      }),
    )),
  ];
  printGoals('Names that are never answered', outcomes, [
    'Only good names count as without an answer; the reference is massdns.',
  ]);
}

const first70Dead = (bench: Bench) =>
  runTrials(bench, start(bench, first70), (server) =>
    trialsOf('70 dead names, then 1,000 good', {
      contenders: withoutSilent(first70, blogdom(server)),
      ...{ count: 1070, goal: {} },
    }),
  );

const start = (bench: Bench, silence: Silence) =>
  startFaultyServer(bench.ports[0], { roundTrip: [0, 0], silence, tcp: 'all' });

/** The same contenders, which cannot have an answer for some of the names. */
const withoutSilent = (silence: Silence, contenders: readonly Contender[]): Contender[] =>
  contenders.map((contender) => ({
    ...contender,
    check: (truth, ...output) =>
      contender.check({ ...truth, isSilent: (index) => isSilent(silence, index) }, ...output),
  }));
