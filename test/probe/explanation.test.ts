import { describe, expect, it, onTestFinished } from 'vitest';
import { openProber } from '../../src/probe/prober.js';
import {
  extendedError,
  formerr,
  type PacketQuery,
  type PacketReply,
  servePackets,
  servfail,
} from '../helpers/packet-server.js';
import { serverAt } from '../helpers/resolving.js';

const address: PacketReply = { answers: [{ type: 'A', name: 'x.dev', data: '192.0.2.1' }] };

/** Probes x.dev at a server that fails unless `reply` says otherwise. */
async function probeAt(reply: (query: PacketQuery) => PacketReply) {
  const server = await servePackets((query) => reply(query) ?? { flags: servfail });
  const prober = openProber({ servers: [serverAt(server)], timeout: 3000, tries: 2, canary: false });
  onTestFinished(prober.close);
  const result = await prober.probe({ name: 'x.dev', word: 'x', tld: 'dev' });
  return { result, server };
}

describe('a name for which the server fails', () => {
  it.each([
    [15, 'blocked by policy'],
    [22, 'no reachable authority'],
    [23, 'network error'],
    [9999, 'extended error 9999'],
  ])('has the reason of extended error %i', async (code, meaning) => {
    const { result, server } = await probeAt(({ hasEdns }) =>
      hasEdns ? { flags: servfail, additionals: extendedError(code) } : undefined,
    );
    expect(result).toMatchObject({
      status: 'unknown',
      reason: `SERVFAIL from udp://${server.address}: ${meaning}`,
      evidence: [expect.any(String), meaning],
    });
    // Nobody asks without the check of signatures if something else is wrong.
    expect(server.queries.some(({ isCheckingDisabled }) => isCheckingDisabled)).toBe(false);
  });

  it.each([
    ['live', (): PacketReply => address],
    ['taken', ({ type }: PacketQuery): PacketReply => (type === 'A' || type === 'AAAA' ? {} : undefined)],
  ])('is %s if it only fails validation', async (status, unchecked) => {
    const { result } = await probeAt((query) => {
      if (query.isCheckingDisabled) return unchecked(query);
      return query.hasEdns ? { flags: servfail, additionals: extendedError(6) } : undefined;
    });
    expect(result).toMatchObject({ status, evidence: expect.arrayContaining(['DNSSEC bogus']) });
  });

  it('is not absent because of a denial that fails validation', async () => {
    const { result } = await probeAt(({ isCheckingDisabled, hasEdns }) => {
      if (isCheckingDisabled) return { flags: 3 };
      return hasEdns ? { flags: servfail, additionals: extendedError(6) } : undefined;
    });
    expect(result).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/: DNSSEC validation failed$/),
    });
  });

  it('is unknown without an explanation if the server does not understand EDNS', async () => {
    const { result, server } = await probeAt(({ hasEdns }) => (hasEdns ? { flags: formerr } : undefined));
    expect(result).toMatchObject({ status: 'unknown', reason: `SERVFAIL from udp://${server.address}` });
  });

  it('has the answer of a server that has come back', async () => {
    const { result } = await probeAt(({ hasEdns }) => (hasEdns ? address : undefined));
    expect(result).toMatchObject({ status: 'live', addresses: ['192.0.2.1'] });
  });
});
