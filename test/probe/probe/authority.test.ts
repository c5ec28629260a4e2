import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { probe } from '../../../src/probe/probe.js';
import type { ProbeResult } from '../../../src/probe/result.js';
import { address, answerWith, denial, failed, primary } from '../../helpers/answers.js';

const candidate = { name: 'as.dev', word: 'as', tld: 'dev' };
const servfail: Outcome = { ...failed(`SERVFAIL from ${primary}`), rcode: 'SERVFAIL' };
const other: ProbeResult = {
  ...candidate,
  status: 'absent',
  addresses: [],
  tries: 5,
  ms: 2,
  evidence: ['A: NXDOMAIN'],
};

/** Probes a name with an authority that denies it. */
async function probeWith(outcome: Outcome, isAuthorityChosen = false) {
  const calls: string[] = [];
  const result = await probe(
    candidate,
    {
      ask: async () => answerWith(outcome),
      clock: { now: () => 0 },
      trust: undefined,
      isAuthorityChosen,
      async authority({ name }, capacityFreed) {
        calls.push(`authority ${name}`);
        capacityFreed?.();
        return other;
      },
    },
    () => calls.push('freed'),
  );
  return { result, calls };
}

describe('the authority', () => {
  it('is asked about a name for which the resolvers fail, and may free room while it is', async () => {
    const { result, calls } = await probeWith(servfail);
    expect(calls).toEqual(['freed', 'authority as.dev', 'freed']);
    expect(result).toMatchObject({ status: 'absent', tries: 1 + 2 + 5, ms: 3 });
  });

  it('is asked about every name without an answer if it has been chosen', async () => {
    const { result } = await probeWith(failed('no route'), true);
    expect(result.status).toBe('absent');
  });

  it.each<[string, Outcome, boolean]>([
    ['unknown for another reason', failed('no route'), false],
    ['known', address, true],
    ['denied', denial, true],
  ])('is not asked about a name that is %s', async (_, outcome, isAuthorityChosen) => {
    const { calls } = await probeWith(outcome, isAuthorityChosen);
    expect(calls).toEqual(['freed']);
  });
});
