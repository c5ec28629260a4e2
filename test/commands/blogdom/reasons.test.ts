import { describe, expect, it } from 'vitest';
import { createReasons } from '../../../src/commands/blogdom/reasons.js';
import type { Reported } from '../../../src/formats/format.js';

/** A memory of reasons with all messages that it has told. */
function openReasons() {
  const told: string[] = [];
  const { tell, shorten } = createReasons((message) => void told.push(message));
  const shortenReason = (reason: string) => shorten(resultWith(reason)).reason;
  return { told, tell, shortenReason };
}

const resultWith = (reason: string): Reported => ({
  ...{ name: 'is.dev', word: 'is', tld: 'dev', status: 'unknown', reason },
  ...{ addresses: [], tries: 1, ms: 1, evidence: [] },
});

const long = 'no reply from udp://192.0.2.1:53 in 7 tries, and none from any other';

describe('createReasons', () => {
  it('leaves the first result with a reason as it is, and tells nothing', () => {
    const { told, shortenReason } = openReasons();
    expect(shortenReason(long)).toBe(long);
    expect(told).toEqual([]);
  });

  it('tells a long reason at its second result, and shortens it from then on', () => {
    const { told, shortenReason } = openReasons();
    shortenReason(long);
    const shortened = [shortenReason(long), shortenReason(long)];
    expect(shortened).toEqual([
      'no reply from udp://192.0.2.1:53 in 7…',
      'no reply from udp://192.0.2.1:53 in 7…',
    ]);
    expect(told).toEqual([long]);
  });

  it('never shortens a reason of up to 60 characters', () => {
    const { told, shortenReason } = openReasons();
    const short = 'x'.repeat(60);
    expect([shortenReason(short), shortenReason(short)]).toEqual([short, short]);
    expect(told).toEqual([]);
  });

  it('does not count that a name could not be confirmed, since that alone says little', () => {
    const { told, shortenReason } = openReasons();
    const reason = 'could not be confirmed: its registry denies google.co, which exists';
    expect([shortenReason(reason), shortenReason(reason)]).toEqual([reason, reason]);
    expect(told).toEqual([]);
  });

  it('shortens a reason to its first clause if that is short enough', () => {
    const { tell, shortenReason } = openReasons();
    const reason = 'cut off from the internet: udp://192.0.2.1:53 denies even the root';
    tell(reason);
    expect(shortenReason(reason)).toBe('cut off from the internet…');
  });

  it('shortens a single long word', () => {
    const { tell, shortenReason } = openReasons();
    tell('x'.repeat(61));
    expect(shortenReason('x'.repeat(61))).toBe(`${'x'.repeat(40)}…`);
  });

  it('does not tell again what a message has told', () => {
    const { told, tell, shortenReason } = openReasons();
    tell(`after 30 names, a server changed its mind: ${long}`);
    tell(`after 30 names, a server changed its mind: ${long}`);
    expect(shortenReason(long)).toMatch(/…$/);
    expect(told).toHaveLength(1);
  });

  it('tells what differs only by a domain twice: of the first, and of all others', () => {
    const { told, tell, shortenReason } = openReasons();
    const reasonOf = (domain: string) =>
      `any name under .${domain} is answered, and whether this one exists is not clear`;
    tell(reasonOf('com'));
    for (const domain of ['com', 'dev', 'co.uk', 'io']) {
      expect(shortenReason(reasonOf(domain))).toBe(`any name under .${domain} is answered…`);
      tell(reasonOf(domain));
    }
    expect(told).toEqual([
      reasonOf('com'),
      'any name under other domains is answered, and whether this one exists is not clear',
    ]);
  });

  it('forgets reasons when there are very many', () => {
    const { shortenReason } = openReasons();
    shortenReason(long);
    for (let index = 0; index < 1000; index++) shortenReason(`${long} ${index}`);
    expect(shortenReason(long)).toBe(long);
  });
});
