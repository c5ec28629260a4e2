import { describe, expect, it } from 'vitest';
import { createPermanentFailures } from '../../../src/dns/transport/https-failures.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';

const server = 'https://192.0.2.1/dns-query';
const page: Outcome = { failure: 'text/html instead of a DNS message', server, isPermanent: true };
const unavailable: Outcome = { failure: 'HTTP status 500', server };
const answer: Outcome = { reply: { truncated: false, addresses: [] }, server };

describe('the record of permanent failures', () => {
  const isPermanent = (outcome: Outcome) => 'isPermanent' in outcome;

  it('makes a failure permanent at the fourth time', () => {
    const { count, review } = createPermanentFailures();
    const reviewed = Array.from({ length: 5 }, () => isPermanent(review(page, count())));
    expect(reviewed).toEqual([false, false, false, true, true]);
  });

  it('counts queries that were in flight together once', () => {
    const { count, review } = createPermanentFailures();
    const first = count();
    const reviewed = Array.from({ length: 100 }, () => isPermanent(review(page, first)));
    expect(reviewed).not.toContain(true);
  });

  it('makes no failure permanent once the server has answered', () => {
    const { count, review } = createPermanentFailures();
    expect(review(answer, count())).toBe(answer);
    const reviewed = Array.from({ length: 10 }, () => isPermanent(review(page, count())));
    expect(reviewed).not.toContain(true);
  });

  it('changes no other failure', () => {
    const { count, review } = createPermanentFailures();
    for (let time = 0; time < 10; time++) expect(review(unavailable, count())).toBe(unavailable);
  });
});
