import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRegistration } from '../../../src/registries/rdap/registration.js';
import { domainObject } from '../../helpers/rdap-server/domain.js';

const nothing = { registrar: undefined, created: undefined, expires: undefined, statuses: undefined };

const named = (fn: unknown, roles: unknown = ['registrar']) => ({
  entities: [{ roles, vcardArray: ['vcard', [['version', {}, 'text', '4.0'], fn]] }],
});

const dated = (eventDate: unknown) => ({ events: [{ eventAction: 'expiration', eventDate }] });

describe('readRegistration', () => {
  it('reads the registrar, the dates and the states of a domain object', () => {
    expect(readRegistration(domainObject('x.dev', ['active', 'Client Hold']))).toEqual({
      ...{ registrar: 'Test Registrar', created: '2019-02-28T16:00:00Z', expires: '2039-02-28T16:00:00Z' },
      statuses: ['active', 'client hold'],
    });
  });

  it.each([
    ['2027-01-02T03:04:05.678+02:00', '2027-01-02T01:04:05Z'],
    ['2027-01-02t03:04:05z', '2027-01-02T03:04:05Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
  ])('converts the date %s to UTC', (text, date) => {
    expect(readRegistration(dated(text)).expires).toBe(date);
  });

  it.each([
    '2027-01-02',
    '2027-02-30T00:00:00Z',
    '2027-13-01T00:00:00Z',
    '2027-01-02T25:00:00Z',
    '2027-01-02T03:04:05',
    'tomorrow',
    '2027-01-02T03:04:05Z\u001b[2J',
    1798859045,
    null,
    ['2027-01-02T03:04:05Z'],
  ])('takes %j for no date', (value) => {
    expect(readRegistration(dated(value))).toEqual(nothing);
  });

  it('leaves out states that are not known, and those that come twice', () => {
    const status = ['evil\u001b[2J', 'locked', 'LOCKED', 7, null, ['active'], 'ok'];
    expect(readRegistration({ status }).statuses).toEqual(['locked']);
    expect(readRegistration({ status: ['ok'] }).statuses).toBeUndefined();
  });

  it.each([
    ['  A  B\n', 'A B'],
    ['Ünlü A.Ş.', 'Ünlü A.Ş.'],
    ['A\u001b]0;owned\u0007', 'A\\x1b]0;owned\\x07'],
    ['x'.repeat(10_000), 'x'.repeat(200)],
  ])('makes the name of a registrar safe to print: %j', (fn, registrar) => {
    expect(readRegistration(named(['fn', {}, 'text', fn])).registrar).toBe(registrar);
  });

  it.each([
    ['another role', named(['fn', {}, 'text', 'A'], ['registrant'])],
    ['no list of roles', named(['fn', {}, 'text', 'A'], 'registrar')],
    ['no name', named(['org', {}, 'text', 'A'])],
    ['an empty name', named(['fn', {}, 'text', ' '])],
    ['a name that is no text', named(['fn', {}, 'text', ['A']])],
    ['a card that is no list', { entities: [{ roles: ['registrar'], vcardArray: 'vcard' }] }],
    ['entities that are no list', { entities: { roles: ['registrar'] } }],
    ['events that are no list', { events: 'expiration' }],
  ])('leaves out what has %s', (_what, document) => {
    expect(readRegistration(document)).toEqual(nothing);
  });

  it('never throws, and returns only printable text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (entities, events, status) => {
        const text = JSON.stringify(readRegistration({ entities, events, status }));
        expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });
});
