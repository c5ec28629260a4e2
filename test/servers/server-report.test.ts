import { describe, expect, it } from 'vitest';
import { isUseful, reportOf, type ServerVerdict, summarizeServers } from '../../src/servers/server-report.js';

const record = {
  server: '192.0.2.1:53',
  asked: 9,
  answered: 0,
  lost: 0,
  median: undefined,
  lastFailure: 'no reply from udp://192.0.2.1:53',
};

describe('reportOf', () => {
  it.each([
    ['good', { answered: 1, lost: 8 }, undefined],
    ['unused', { asked: 0 }, undefined],
    ['refuses', { lastFailure: 'REFUSED from udp://192.0.2.1:53' }, undefined],
    ['failing', { lastFailure: 'SERVFAIL from udp://192.0.2.1:53' }, undefined],
    ['silent', { lost: 9 }, undefined],
    ['lies', { answered: 9 }, 'denies .dev and the root'],
  ] as const)('judges a server: %s', (verdict, changes, lie) => {
    const report = reportOf({ ...record, ...changes }, lie);
    expect(report.verdict).toBe(verdict);
    expect(isUseful(verdict)).toBe(report.reason === undefined);
  });

  it('says why a server is of no use', () => {
    expect(reportOf({ ...record, lost: 9 }, undefined).reason).toBe('no reply from udp://192.0.2.1:53');
    expect(reportOf(record, 'denies .dev and the root').reason).toBe('denies .dev and the root');
  });
});

describe('summarizeServers', () => {
  const reports = (counts: Partial<Record<ServerVerdict, number>>) =>
    Object.entries(counts).flatMap(([verdict, count]) =>
      Array.from({ length: count }, () => ({ ...record, verdict: verdict as ServerVerdict })),
    );

  it('counts the servers that are of no use by their verdicts', () => {
    expect(summarizeServers(reports({ good: 600, unused: 88, silent: 90, lies: 42, refuses: 180 }))).toBe(
      '312 of 1,000 servers are not used: 180 refuse, 90 do not answer, 42 lie',
    );
    expect(summarizeServers(reports({ good: 1, failing: 1 }))).toBe('1 of 2 servers is not used: 1 fails');
  });

  it('says nothing if all are of use', () => {
    expect(summarizeServers(reports({ good: 2, unused: 1 }))).toBeUndefined();
  });
});
