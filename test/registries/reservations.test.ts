import { describe, expect, it } from 'vitest';
import { reservationNotes } from '../../src/registries/reservations.js';

const url = 'https://rdap.example/domain/x.dev';

describe('reservationNotes', () => {
  it.each(['a', 'ab', 'a1', 'example', 'nic', 'www', 'whois', 'rdap', 'localhost', 'test', 'invalid'])(
    'says that %s may be reserved, because many registries reserve such labels',
    (label) => {
      expect(reservationNotes(`${label}.dev`, url)).toEqual(['may be reserved']);
      expect(reservationNotes(`${label}.co.uk`, undefined)).toEqual(['may be reserved']);
    },
  );

  it.each(['abc', 'examples', 'xn--a'])('says nothing of %s', (label) => {
    expect(reservationNotes(`${label}.dev`, url)).toEqual([]);
    expect(reservationNotes(`${label}.dev`, undefined)).toEqual([]);
  });

  it('says that the registry does not tell, if that is known of its server', () => {
    for (const label of ['word', 'ab'])
      expect(
        reservationNotes(`${label}.dev`, `https://pubapi.registry.google/rdap/domain/${label}.dev`),
      ).toEqual(['may be reserved, which its registry does not tell']);
  });
});
