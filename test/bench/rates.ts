import { checkMarks } from './check.js';
import { startFaultyServer, startHierarchy } from './child-server.js';
import { blogdomAt, blogdomFile, type Contender } from './contenders.js';
import type { Faults } from './faulty/faults.js';
import { type Goal, printGoals, runTrials, type Trial } from './goals.js';
import { suffixes } from './hierarchy.js';
import { isLive, nameAt } from './names.js';
import type { Bench } from './race.js';

/** Python's reserved words of up to four letters, which blogdom looks up without arguments; none is live here. */
const defaultWords = 'and as def del elif else for from if in is not or pass true none try with'.split(' ');

const nearby: Faults = { roundTrip: [20, 20] };

/** What a rate permits in any second. */
const rateGoal = (rate: number): Goal => ({ busiest: Math.floor(rate * 1.05 + 1) });

/** Measures runs with a rate that the user has set. */
export async function rates(bench: Bench): Promise<void> {
  const [port] = bench.ports;
  const url = `127.0.0.1:${port}`;
  const trial = (count: number, options: string, goal: Goal): Trial => ({
    what: options,
    contender: blogdomAt('blogdom', url, options.split(' ')),
    count,
    quickCount: Math.ceil(count / 5),
    goal,
  });
  const outcomes = [
    ...(await runTrials(bench, startFaultyServer(port, nearby), () => [
      {
        what: 'the default names, --rate 10',
        contender: defaultNames(url, '10'),
        count: defaultWords.length,
        goal: { queries: 26, first: 1, seconds: 3, ...rateGoal(10) },
      },
      trial(135, '--rate 50', { queries: 165, seconds: 4, ...rateGoal(50) }),
      trial(540, '--rate 200', { queries: 620, seconds: 4, ...rateGoal(200) }),
      trial(100, '--rate 20 --for-sale', rateGoal(20)),
    ])),
    ...(await runTrials(bench, startFaultyServer(port, { ...nearby, truncated: 1, tcp: 'all' }), () => [
      { ...trial(300, '--rate 100', rateGoal(100)), what: '--rate 100, all replies truncated' },
    ])),
    ...(bench.ownSystem
      ? await runTrials(bench, startHierarchy(), () => [authorityTrial(bench.quick ? 2 : 20)])
      : []),
  ];
  const notes = bench.ownSystem ? [] : ['Without the authority, which needs root and unshare.'];
  printGoals('A rate that the user has set, and a server 20 ms away', outcomes, notes);
}

/** blogdom with the names that it looks up without arguments. */
const defaultNames = (url: string, rate: string): Contender => ({
  title: 'blogdom',
  command: () => [process.execPath, blogdomFile, '-s', url, '--rate', rate],
  check: checkMarks(new Map(defaultWords.map((word) => [`${word}.dev`, ' ']))),
});

/** Some names under each suffix, at the name servers of the suffix. */
function authorityTrial(count: number): Trial {
  const labels = Array.from({ length: count }, (_, index) => nameAt(index).split('.')[0] ?? '');
  const marks = labels.flatMap((label) =>
    suffixes.map((suffix): [string, string] => [`${label}.${suffix}`, isLive(label) ? '+' : ' ']),
  );
  // With its dot, .blog is a domain and not a group of them.
  const options = [
    '--rate',
    '20',
    '--server',
    'authority',
    '-t',
    suffixes.map((suffix) => `.${suffix}`).join(),
  ];
  const contender: Contender = {
    title: 'blogdom',
    command: () => [process.execPath, blogdomFile, ...options, ...labels],
    check: checkMarks(new Map(marks)),
  };
  const what = '--rate 20 --server authority, ten suffixes';
  return { what, contender, count: marks.length, goal: rateGoal(20) };
}
