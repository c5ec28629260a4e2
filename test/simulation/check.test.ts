import { describe, expect, it } from 'vitest';
import { allowanceOf } from './allowance.js';
import { check, isShortcoming } from './check.js';
import { makeWorld, type ServerSketch, type WorldSketch } from './make-world.js';
import { type Played, play } from './play.js';
import { namesOf } from './truth.js';
import type { Fault } from './world.js';

/** A small world, and a run of it in which all is right: n1-a.dev does not exist, n0-l.dev and n2-l.dev do. */
const world = makeWorld({ names: { count: 3, live: 0.3 } });
const right = await play(world);
const unanswered = await play(makeWorld({ names: { count: 1, silent: 1 } }));
const [unknown] = unanswered.results;

const checked = (changes: Partial<Played>) => check(world, { ...right, ...changes });

/** The run in which a name came out as another one did. */
function withMark(name: string, model: Played['results'][number] | undefined): Played {
  if (model === undefined) throw new Error('Expected a result');
  return { ...right, results: right.results.map((each) => (each.name === name ? { ...model, name } : each)) };
}

const resultOf = (name: string) => right.results.find((each) => each.name === name);

/** Checks a made-up run in which all names of a world came out unknown. Returns the names that are reported. */
function checkUnknown(sketch: WorldSketch): readonly string[] {
  const unknownWorld = makeWorld(sketch);
  const truths = new Map(namesOf(unknownWorld.names).map(({ name, truth }) => [name, truth]));
  if (unknown === undefined) throw new Error('Expected a result');
  const results = [...truths.keys()].map((name) => ({ ...unknown, name, reason: 'no reply' }));
  const problems = check(unknownWorld, { ...right, truths, results, queries: 0, time: 0 }).problems;
  return problems.map((problem) => problem.slice(0, problem.indexOf(' ')));
}

describe('the check of a run', () => {
  it('finds nothing wrong if all is right', () => {
    expect(right.results.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      'n0-l.dev live',
      'n1-a.dev absent',
      'n2-l.dev live',
    ]);
    expect(checked({})).toEqual({ problems: [], excused: 0 });
  });

  it('reports a name that is missing', () => {
    expect(checked({ results: right.results.slice(1) }).problems).toEqual(['2 of 3 names came out']);
  });

  it('reports a name that came out twice', () => {
    const twice = resultOf('n1-a.dev');
    const results = twice ? [...right.results, twice] : [];
    expect(checked({ results }).problems).toEqual(['n1-a.dev came out twice']);
  });

  it('reports a wrong mark', () => {
    expect(check(world, withMark('n1-a.dev', resultOf('n2-l.dev'))).problems).toEqual([
      'n1-a.dev is absent, and came out live',
    ]);
    expect(check(world, withMark('n2-l.dev', resultOf('n1-a.dev'))).problems).toEqual([
      'n2-l.dev is live, and came out absent',
    ]);
  });

  it('reports a name that came out unknown', () => {
    expect(check(world, withMark('n1-a.dev', unknown)).problems).toEqual([
      'n1-a.dev is absent, and came out unknown: no reply from udp://10.0.0.0:53 in 7 tries',
    ]);
  });

  it('reports more queries than are allowed', () => {
    const { queries } = allowanceOf(world);
    expect(checked({ queries: Math.floor(queries) }).problems).toEqual([]);
    expect(checked({ queries: 1000 }).problems).toEqual([`1000 queries, more than ${Math.round(queries)}`]);
  });

  it('reports more time than is allowed', () => {
    const { time } = allowanceOf(world);
    expect(checked({ time }).problems).toEqual([]);
    expect(checked({ time: 300_000 }).problems).toEqual([`300000 ms, more than ${Math.round(time)}`]);
  });

  it('reports sockets and timers that were left open', () => {
    expect(checked({ left: 2 }).problems).toEqual(['2 sockets and timers were left open']);
  });
});

describe('a wrong mark', () => {
  /** Checks a run in which n1-a.dev came out live, of a server that told these lies about names, and about canaries of suffixes. */
  const checkLies = (...lies: readonly { from: number; names: string[]; canaries: string[] }[]) => {
    const records = lies.map(({ from, names, canaries }) => {
      const fault: Fault = { kind: 'answers all', from, to: from + 10 };
      return { fault, names: new Set(names), canaries: new Set(canaries) };
    });
    const played = withMark('n1-a.dev', resultOf('n2-l.dev'));
    const servers = played.servers.map((server) => ({ ...server, lies: records }));
    return check(world, { ...played, servers });
  };
  const excused = { problems: [], excused: 1 };
  const reported = { problems: ['n1-a.dev is absent, and came out live'], excused: 0 };

  it('is excused if the lie lay between two right witnesses', () => {
    expect(checkLies({ from: 0, names: ['n1-a.dev'], canaries: [] })).toEqual(excused);
  });

  it('is not excused if a canary met the lie', () => {
    expect(checkLies({ from: 0, names: ['n1-a.dev'], canaries: ['dev'] })).toEqual(reported);
  });

  it('is excused if only a canary of another suffix met the lie', () => {
    expect(checkLies({ from: 0, names: ['n1-a.dev'], canaries: ['com'] })).toEqual(excused);
  });

  it('is not excused by a lie about another name', () => {
    expect(checkLies({ from: 0, names: ['n2-l.dev'], canaries: [] })).toEqual(reported);
  });

  it('is not excused if a canary met an earlier lie, and the name met no other', () => {
    const earlier = { from: 0, names: ['n1-a.dev'], canaries: ['dev'] };
    expect(checkLies(earlier, { from: 100, names: [], canaries: [] })).toEqual(reported);
  });

  it('is excused if a canary met an earlier lie, but none met the last one about the name', () => {
    const last = { from: 100, names: ['n1-a.dev'], canaries: [] };
    expect(checkLies(last, { from: 0, names: ['n1-a.dev'], canaries: ['dev'] })).toEqual(excused);
  });

  it('is not excused if a canary met the last lie about the name, but none met an earlier one', () => {
    const earlier = { from: 0, names: ['n1-a.dev'], canaries: [] };
    expect(checkLies(earlier, { from: 100, names: ['n1-a.dev'], canaries: ['dev'] })).toEqual(reported);
  });
});

describe('a shortcoming', () => {
  it.each([
    ['n1.dev is absent, and came out unknown: REFUSED', true],
    ['20 queries, more than 10', true],
    ['n1.dev is absent, and came out live', false],
    ['n1.dev came out twice', false],
    ['Error: stuck at 10 ms', false],
  ])('is a problem that says nothing wrong: %s', (problem, is) => expect(isShortcoming(problem)).toBe(is));
});

describe('an unknown name', () => {
  const names = { count: 4 };
  const all = ['n0-a.dev', 'n1-a.dev', 'n2-a.dev', 'n3-a.dev'];
  const checkAt = (...servers: readonly ServerSketch[]) => checkUnknown({ names, servers });

  it('is excused if no server answers for it', () => {
    expect(checkUnknown({ names: { count: 4, silent: 0.5, failing: 0.5 } })).toEqual([]);
  });

  it('is excused if no server can be believed or reached', () => {
    for (const character of [
      'denies all',
      'answers all',
      'refuses all',
      'silent',
      'nothing listens',
    ] as const)
      expect(checkAt({ character })).toEqual([]);
  });

  it('is not excused at servers that refuse or deny single labels', () => {
    expect(checkAt({ character: 'denies single labels' })).toEqual(all);
    expect(checkAt({ character: 'refuses single labels' })).toEqual(all);
  });

  it('is excused if a filter refuses it', () => {
    expect(checkAt({ character: 'filters' })).toEqual(['n0-a.dev', 'n1-a.dev', 'n2-a.dev']);
  });

  it('is not excused if another server answers for it', () => {
    expect(checkAt({ character: 'filters' }, {})).toEqual(all);
  });

  it('is excused if a server lies within the first second', () => {
    const lyingFrom = (from: number): ServerSketch => ({ faults: [{ kind: 'denies all', from, to: 2000 }] });
    expect(checkAt(lyingFrom(999))).toEqual([]);
    expect(checkAt(lyingFrom(1000))).toEqual(all);
  });

  it('is excused if its replies are truncated, and no connection can be used', () => {
    expect(checkAt({ truncated: 0.1, tcp: { kind: 'refused' } })).toEqual([]);
    expect(checkAt({ truncated: 0.1, tcp: { kind: 'hangs' } })).toEqual([]);
    expect(checkAt({ truncated: 0.1 })).toEqual(all);
    expect(checkAt({ tcp: { kind: 'refused' } })).toEqual(all);
  });

  it('is excused if nothing can prove its suffix', () => {
    const servers: readonly ServerSketch[] = [{ character: 'denies single labels', hasSoa: false }];
    expect(checkUnknown({ names: { count: 1, suffixes: ['corp'] }, servers })).toEqual([]);
    expect(checkUnknown({ names: { count: 1, suffixes: ['dev'] }, servers })).toEqual(['n0-a.dev']);
    expect(checkUnknown({ names: { count: 1, suffixes: ['corp'] } })).toEqual(['n0-a.corp']);
    expect(
      checkUnknown({
        names: { count: 1, suffixes: ['corp'] },
        servers: [{ character: 'denies single labels' }],
      }),
    ).toEqual(['n0-a.corp']);
  });

  it('is excused once in four, and three times in any case, if losses and a fault may take all its tries', () => {
    const faults: readonly Fault[] = [{ kind: 'restart', from: 0, to: 10 }];
    expect(checkAt({ line: { loss: 0.05 }, faults })).toHaveLength(1);
    expect(checkUnknown({ names: { count: 300 }, servers: [{ line: { loss: 0.05 }, faults }] })).toHaveLength(
      225,
    );
    expect(checkAt({ line: { loss: 0.04 }, faults })).toHaveLength(4);
    expect(checkAt({ line: { loss: 0.05 } })).toHaveLength(4);
  });

  it('is excused as often if a tenth of the datagrams is lost, or if a limit leaves no room for a burst', () => {
    expect(checkAt({ line: { loss: 0.1 } })).toHaveLength(1);
    expect(checkAt({ limit: { kind: 'rate', rate: 20, burst: 2, beyond: 'drop' } })).toHaveLength(1);
    expect(checkAt({ limit: { kind: 'rate', rate: 20, burst: 20, beyond: 'drop' } })).toHaveLength(4);
  });
});
