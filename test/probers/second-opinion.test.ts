import { describe, expect, it } from 'vitest';
import type { Prober } from '../../src/probe/prober.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { withSecondOpinion } from '../../src/probers/second-opinion.js';

const candidate = { name: 'x.dev', word: 'x', tld: 'dev' };
const common = {
  ...candidate,
  addresses: [],
  server: 'udp://192.0.2.1:53',
  tries: 2,
  ms: 1.5,
  evidence: ['one'],
};
const failed: ProbeResult = { ...common, status: 'unknown', reason: 'SERVFAIL', rcode: 'SERVFAIL' };
const silent: ProbeResult = { ...common, status: 'unknown', reason: 'no reply', rcode: undefined };
const taken: ProbeResult = { ...common, status: 'taken', rcode: 'NOERROR', ms: 1.6, evidence: ['two'] };

/** A prober that always has the same result, and what it was told to do. */
function always(result: ProbeResult, changes: Partial<Prober> = {}) {
  const calls: string[] = [];
  const prober: Prober = {
    probe: async ({ name }) => {
      calls.push(name);
      return result;
    },
    capacity: () => 10,
    waiting: () => 1,
    waitingFor: () => undefined,
    outage: () => undefined,
    reports: () => [],
    close: () => void calls.push('close'),
    ...changes,
  };
  return { prober, calls };
}

describe('a second opinion', () => {
  it('is asked for only if it is wanted', async () => {
    const second = always(taken);
    const isWanted = ({ rcode }: ProbeResult) => rcode === 'SERVFAIL';
    const prober = withSecondOpinion(always(silent).prober, () => second.prober, isWanted);
    expect(await prober.probe(candidate)).toBe(silent);
    prober.close();
    expect(second.calls).toEqual([]);
  });

  it('says of a name for which a resolver fails that its name servers do not answer, if it is delegated', async () => {
    const prober = withSecondOpinion(
      always(failed).prober,
      () => always(taken).prober,
      () => true,
    );
    expect(await prober.probe(candidate)).toEqual({
      ...taken,
      reason: 'delegated, but its name servers do not answer',
      tries: 4,
      ms: 3.1,
      evidence: ['one', 'two'],
    });
  });

  it.each<[string, ProbeResult, ProbeResult]>([
    ['that exists after another failure', silent, taken],
    ['that does not exist', failed, { ...common, status: 'absent', rcode: 'NXDOMAIN', evidence: ['two'] }],
  ])('replaces the first result of a name %s', async (_, first, other) => {
    const prober = withSecondOpinion(
      always(first).prober,
      () => always(other).prober,
      () => true,
    );
    const { status, reason } = await prober.probe(candidate);
    expect([status, reason]).toEqual([other.status, undefined]);
  });

  it('leaves the first result as it is, with all evidence and tries, if there is no answer either', async () => {
    const other: ProbeResult = { ...silent, evidence: ['two'] };
    const prober = withSecondOpinion(
      always(failed).prober,
      () => always(other).prober,
      () => true,
    );
    expect(await prober.probe(candidate)).toEqual({ ...failed, tries: 4, ms: 3, evidence: ['one', 'two'] });
  });

  it('is asked of one prober, which is closed with the first one', async () => {
    const [first, second] = [always(failed), always(taken)];
    let opened = 0;
    const open = () => {
      opened++;
      return second.prober;
    };
    const prober = withSecondOpinion(first.prober, open, () => true);
    await prober.probe(candidate);
    await prober.probe(candidate);
    prober.close();
    expect(opened).toBe(1);
    expect(second.calls).toEqual(['x.dev', 'x.dev', 'close']);
    expect(first.calls.at(-1)).toBe('close');
  });

  it('is not asked for any more after the end', async () => {
    const second = always(taken);
    const prober = withSecondOpinion(
      always(failed).prober,
      () => second.prober,
      () => true,
    );
    const result = prober.probe(candidate);
    prober.close();
    expect(await result).toBe(failed);
    expect(second.calls).toEqual([]);
  });
});

describe('a prober with a second opinion', () => {
  it('has the capacity and the waiting names of both', async () => {
    const prober = withSecondOpinion(
      always(failed).prober,
      () => always(taken).prober,
      () => true,
    );
    expect([prober.capacity(), prober.waiting()]).toEqual([10, 1]);
    await prober.probe(candidate);
    expect([prober.capacity(), prober.waiting()]).toEqual([20, 2]);
  });

  it('waits for what the first one waits for, or for what the second one does', async () => {
    const first = always(failed);
    const second = always(taken, { waitingFor: () => 'a reply from the second' });
    const prober = withSecondOpinion(
      first.prober,
      () => second.prober,
      () => true,
    );
    expect(prober.waitingFor()).toBeUndefined();
    await prober.probe(candidate);
    expect(prober.waitingFor()).toBe('a reply from the second');
    const busy = always(failed, { waitingFor: () => 'a reply from the first' });
    const other = withSecondOpinion(
      busy.prober,
      () => second.prober,
      () => true,
    );
    await other.probe(candidate);
    expect(other.waitingFor()).toBe('a reply from the first');
  });

  it('reports the servers of the first one', () => {
    const reports: ReturnType<Prober['reports']> = [];
    const first = always(failed, { reports: () => reports });
    expect(
      withSecondOpinion(
        first.prober,
        () => always(taken).prober,
        () => true,
      ).reports(),
    ).toBe(reports);
  });

  it('has an outage if those that wait have one', async () => {
    const outage = { reasons: ['cannot reach it'], remaining: 1 };
    const first = always(failed, { waitingFor: () => 'a reply from the first', outage: () => outage });
    const second = always(taken, { waitingFor: () => 'a reply from the second' });
    const prober = withSecondOpinion(
      first.prober,
      () => second.prober,
      () => true,
    );
    expect(prober.outage()).toBe(outage);
    await prober.probe(candidate);
    expect(prober.outage()).toBeUndefined();
  });
});
