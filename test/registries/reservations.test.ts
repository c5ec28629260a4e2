import { describe, expect, it } from 'vitest';
import { reservationNotes } from '../../src/registries/reservations.js';

const url = 'https://rdap.example/domain/x.dev';

describe('reservationNotes', () => {
  it.each([
    'ab.dev',
    'a1.com',
    'example.dev',
    'nic.app',
    'www.dev',
    'whois.dev',
    'rdds.dev',
    'a.com',
    'z.org',
    'a.name',
  ])('says that %s may be reserved, by a rule for generic top-level domains', (name) => {
    expect(reservationNotes(name, url)).toEqual(['may be reserved']);
    expect(reservationNotes(name, undefined)).toEqual(['may be reserved']);
  });

  it.each([
    ...['abc.dev', 'examples.dev', 'xn--bcher-kva.dev', 'a--b.dev', 'a.dev', 'test.dev'],
    // No rule is known.
    ...['ab.de', 'a.de', 'nic.uk', 'ab.co.uk', 'example.lt', 'ab.gov', 'ab.xn--p1ai'],
  ])('says nothing of %s', (name) => {
    expect(reservationNotes(name, url)).toEqual([]);
    expect(reservationNotes(name, undefined)).toEqual([]);
  });

  it('says that the registry does not tell, if that is known of its server', () => {
    for (const label of ['word', 'ab'])
      expect(
        reservationNotes(`${label}.dev`, `https://pubapi.registry.google/rdap/domain/${label}.dev`),
      ).toEqual(['may be reserved, which its registry does not tell']);
  });
});
