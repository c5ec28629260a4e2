import { describe, expect, it } from 'vitest';
import type { Ask, ServerPolicy } from '../../../src/dns/resolver/resolver.js';
import { type Asker, probe } from '../../../src/probe/probe.js';
import type { Reviewed } from '../../../src/probe/trust/deciding.js';
import { createKnownServer } from '../../../src/probe/trust/standing.js';
import { createSuffix, type Suffix } from '../../../src/probe/trust/suffix.js';
import type { Trust } from '../../../src/probe/trust/trust.js';
import { absent, doubt, type Finding } from '../../../src/probe/verdict.js';
import { address, answerWith, primary, replied, secondary } from '../../helpers/answers.js';
import { createManualClock } from '../../helpers/manual-clock.js';

const candidate = { name: 'as.dev', word: 'as', tld: 'dev' };
const third = 'udp://192.0.2.3:53';

type ReviewStep = (finding: Finding) => Reviewed | Promise<Reviewed>;

/** Probes a live name with trust that reviews its findings by some steps, one after the other. */
function startProbe(steps: readonly ReviewStep[], { asked = 10, reviewed = 0, outcome = address } = {}) {
  const clock = createManualClock();
  const servers = [primary, secondary, third].map(createKnownServer);
  const suffix: Suffix = createSuffix('dev', servers, () => {});
  const calls: string[] = [];
  const rounds: number[] = [];
  const policies: (ServerPolicy | undefined)[] = [];
  const rest = [...steps];
  const trust: Trust = {
    open: ({ tld }) => {
      calls.push(`open ${tld}`);
      return suffix;
    },
    begin: () => calls.push('begin'),
    end: () => calls.push('end'),
    async review(_candidate, _suffix, finding, round) {
      calls.push('review');
      rounds.push(round);
      clock.pass(reviewed);
      const step = rest.shift();
      if (step === undefined) throw new Error('Expected no other review');
      return step(finding);
    },
    drained: () => {},
    lieOf: () => undefined,
    waiting: () => 0,
    close: () => {},
  };
  const ask: Ask = async ({ type }, policy) => {
    calls.push(type);
    policies.push(policy);
    clock.pass(asked);
    return answerWith(outcome, { ms: asked, tries: 2 });
  };
  const asker: Asker = { ask, clock, trust };
  const start = () => probe(candidate, asker, () => calls.push('waits'));
  return { start, suffix, calls, rounds, policies };
}

const believe: ReviewStep = (finding) => finding;
const again: ReviewStep = () => ({});
const avoiding =
  (avoid: string): ReviewStep =>
  () => ({ avoid });

describe('trust in a probe', () => {
  it('is told when a name is asked for and when it has been answered', async () => {
    const { start, calls } = startProbe([believe], { outcome: replied() });
    await start();
    expect(calls).toEqual(['open dev', 'begin', 'A', 'AAAA', 'end', 'waits', 'review']);
  });

  it('says how names are asked for', async () => {
    const { start, policies, suffix } = startProbe([believe], { outcome: replied() });
    await start();
    expect(policies).toEqual([suffix.policy, { ...suffix.policy, first: primary }]);
  });

  it.each<[string, ReviewStep]>([
    ['at once', (finding) => doubt(finding, 'it lies')],
    ['later', async (finding) => doubt(finding, 'it lies')],
  ])('has the last word, %s', async (_, step) => {
    expect(await startProbe([step]).start()).toMatchObject({
      status: 'unknown',
      reason: 'it lies',
      addresses: [],
    });
  });

  it('may have a name asked for again, and all tries are counted', async () => {
    const { start, rounds, calls } = startProbe([again, again, believe]);
    expect(await start()).toMatchObject({ status: 'live', tries: 3 * 2 });
    expect(rounds).toEqual([1, 2, 3]);
    expect(calls.filter((call) => call === 'A')).toHaveLength(3);
  });

  it('may need queries of its own, whose tries are counted', async () => {
    const { start } = startProbe([again, (finding) => ({ ...finding, tries: finding.tries + 5 })]);
    expect((await start()).tries).toBe(2 + 2 + 5);
  });

  it('may end with an earlier denial that no other server contradicts, and all tries are counted', async () => {
    const { start } = startProbe([
      (finding) => ({ avoid: primary, claim: { ...finding, verdict: absent } }),
      (finding) => ({ ...doubt(finding, 'no reply'), tries: finding.tries + 3 }),
    ]);
    expect(await start()).toMatchObject({ status: 'absent', tries: 2 + 2 + 3 });
  });

  it('counts the query with EDNS for a suspicious finding, if the name is asked for elsewhere then, too', async () => {
    const suspicious: ReviewStep = (finding) => ({ ...finding, suspicion: 'blocked' });
    const { start, calls } = startProbe([suspicious, avoiding(primary), believe]);
    expect(await start()).toMatchObject({ status: 'live', tries: 3 * 2 });
    expect(calls.filter((call) => call === 'A')).toHaveLength(3);
  });

  it('that fails makes the probe fail', async () => {
    const { start } = startProbe([() => Promise.reject(new Error('closed'))]);
    await expect(start()).rejects.toThrow('closed');
  });

  it('may have names wait until a server has been tested again', async () => {
    const { start, suffix, calls } = startProbe([believe]);
    let end = () => {};
    suffix.recovery = new Promise((resolve) => {
      end = resolve;
    });
    const result = start();
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual(['open dev']);
    end();
    expect((await result).status).toBe('live');
  });
});

describe('a name that is asked for again', () => {
  const avoidedBy = (policies: readonly (ServerPolicy | undefined)[]) =>
    policies.map((policy) => [...(policy?.avoid ?? [])]);

  it('is asked for where its suffix is', async () => {
    const { start, policies, suffix } = startProbe([again, believe]);
    await start();
    expect(policies[1]).toBe(suffix.policy);
  });

  it('avoids the servers that it must not be asked at, one after the other', async () => {
    const { start, policies } = startProbe([avoiding(primary), avoiding(secondary), believe]);
    await start();
    expect(avoidedBy(policies)).toEqual([[], [primary], [primary, secondary]]);
    expect(policies[2]?.sending).toBe(policies[0]?.sending);
  });

  it('avoids those that its suffix avoids, too', async () => {
    const { start, policies, suffix } = startProbe([avoiding(primary), believe]);
    suffix.avoid.add(third);
    await start();
    expect(avoidedBy(policies)[1]).toEqual([third, primary]);
    expect([...suffix.avoid]).toEqual([third]);
  });

  it('does not avoid the last server that is left', async () => {
    const steps = [avoiding(primary), avoiding(secondary), avoiding(third), believe];
    const { start, policies } = startProbe(steps);
    await start();
    expect(avoidedBy(policies).at(-1)).toEqual(avoidedBy(policies)[0]);
  });

  it.each([
    ['60 seconds', 60_000, 2],
    ['more than 60 seconds', 60_001, Number.POSITIVE_INFINITY],
  ])('has had all its rounds when it has taken more than a minute: %s', async (_, milliseconds, second) => {
    // The first round takes all of this time but for the second query.
    const { start, rounds } = startProbe([again, believe], { asked: 10, reviewed: milliseconds - 20 });
    await start();
    expect(rounds).toEqual([1, second]);
  });
});

describe('the time that a name has taken', () => {
  it('goes from its first query to its verdict', async () => {
    const { start } = startProbe([again, believe], { asked: 10, reviewed: 100 });
    expect((await start()).ms).toBe(220);
  });

  it('is rounded to a tenth of a millisecond', async () => {
    expect((await startProbe([believe], { asked: 1.26 }).start()).ms).toBe(1.3);
    expect((await startProbe([believe], { asked: 1.24 }).start()).ms).toBe(1.2);
  });
});
