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

/** A prober that always has the same result. */
function always(result: ProbeResult): Prober & { probed: number; closed: number } {
  return {
    probed: 0,
    closed: 0,
    async probe() {
      this.probed++;
      return result;
    },
    capacity: () => 10,
    waitingFor: () => undefined,
    reports: () => [],
    close() {
      this.closed++;
    },
  };
}

describe('a second opinion', () => {
  const taken: ProbeResult = { ...common, status: 'taken', rcode: 'NOERROR', evidence: ['two'] };

  it('is asked for only if it is wanted', async () => {
    const second = always(taken);
    const prober = withSecondOpinion(
      always(silent),
      () => second,
      ({ rcode }) => rcode === 'SERVFAIL',
    );
    expect(await prober.probe(candidate)).toBe(silent);
    expect(second.probed).toBe(0);
    prober.close();
    expect(second.closed).toBe(0);
  });

  it('says of a name for which a resolver fails that its name servers do not answer, if it is delegated', async () => {
    const second = always(taken);
    const prober = withSecondOpinion(
      always(failed),
      () => second,
      () => true,
    );
    expect(await prober.probe(candidate)).toEqual({
      ...taken,
      reason: 'delegated, but its name servers do not answer',
      tries: 4,
      ms: 3,
      evidence: ['one', 'two'],
    });
    prober.close();
    expect(second.closed).toBe(1);
  });

  it('leaves the first result as it is, with all evidence, if there is no answer either', async () => {
    const other: ProbeResult = { ...silent, evidence: ['two'] };
    const prober = withSecondOpinion(
      always(failed),
      () => always(other),
      () => true,
    );
    expect(await prober.probe(candidate)).toEqual({ ...failed, evidence: ['one', 'two'] });
  });
});
