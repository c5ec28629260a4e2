import { describe, expect, it } from 'vitest';
import { createMisfits } from '../../../src/dns/transport/https-misfits.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';

const server = 'https://192.0.2.1/dns-query';
const misfit: Outcome = { failure: 'text/html instead of a DNS message', server, isPermanent: true };
const unavailable: Outcome = { failure: 'HTTP status 500', server };
const answer: Outcome = { reply: { truncated: false, addresses: [] }, server };

describe('the record of responses that are not DNS messages', () => {
  const isPermanent = (outcome: Outcome) => 'isPermanent' in outcome;

  it('makes a failure permanent in the fourth round', () => {
    const { review, round } = createMisfits();
    const rounds = Array.from({ length: 5 }, () => isPermanent(review(misfit, round())));
    expect(rounds).toEqual([false, false, false, true, true]);
  });

  it('counts queries that were in flight together once', () => {
    const { review, round } = createMisfits();
    const first = round();
    const reviewed = Array.from({ length: 100 }, () => isPermanent(review(misfit, first)));
    expect(reviewed).not.toContain(true);
  });

  it('makes no failure permanent once the server has answered', () => {
    const { review, round } = createMisfits();
    expect(review(answer, round())).toBe(answer);
    const reviewed = Array.from({ length: 10 }, () => isPermanent(review(misfit, round())));
    expect(reviewed).not.toContain(true);
  });

  it('changes no other failure', () => {
    const { review, round } = createMisfits();
    for (let count = 0; count < 10; count++) expect(review(unavailable, round())).toBe(unavailable);
  });
});
