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
    ['2027-01-02 03:04:05+0200', '2027-01-02T01:04:05Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
    ['2027-01-02T03:04Z', '2027-01-02T03:04:00Z'],
    ['2027-01-02T03:04:05+02', '2027-01-02T01:04:05Z'],
    ['2027-01-02T03:04:05.123456789012Z', '2027-01-02T03:04:05Z'],
    ['2027-01-02 03:04:05 UTC', '2027-01-02T03:04:05Z'],
    ['20270102T030405Z', '2027-01-02T03:04:05Z'],
    ['2027-01-02T03:04:05+01:00[Europe/Paris]', '2027-01-02T02:04:05Z'],
    ['2026-12-31T23:59:60Z', '2026-12-31T23:59:59Z'],
  ])('converts the date %s to UTC', (text, date) => {
    expect(readRegistration(dated(text)).expires).toBe(date);
  });

  it.each([
    ['without a time', '2027-01-02', '2027-01-02'],
    ['without a time, with slashes', '2027/01/02', '2027-01-02'],
    ['without a time or signs', '20270102', '2027-01-02'],
    ['without a time zone', '2027-01-02T03:04:05', '2027-01-02'],
    ['with a space and without a time zone', '2027-01-02 03:04:05.678', '2027-01-02'],
    ['whose year has five digits in UTC', '9999-12-31T23:59:59-05:00', '9999-12-31'],
  ])('keeps the day of a date %s', (_what, text, date) => {
    expect(readRegistration(dated(text)).expires).toBe(date);
  });

  it.each([
    ['Registration', 'EXPIRATION'],
    ['registered', 'Record expires'],
    ['record created', 'expiry'],
    ['creation_date', 'Record Expiration'],
  ])('finds the dates of the events %s and %s', (registration, expiration) => {
    const events = [
      { eventAction: 'last changed', eventDate: '2030-01-01T00:00:00Z' },
      { eventAction: registration, eventDate: '2020-01-01T00:00:00Z' },
      { eventAction: expiration, eventDate: '2040-01-01T00:00:00Z' },
    ];
    const dates = { created: '2020-01-01T00:00:00Z', expires: '2040-01-01T00:00:00Z' };
    expect(readRegistration({ events })).toMatchObject(dates);
  });

  it('takes the first valid date of several events, and one event that is not in a list', () => {
    const event = (eventDate: string) => ({ eventAction: 'expiration', eventDate });
    expect(readRegistration({ events: [event('soon'), event('2027-01-02')] }).expires).toBe('2027-01-02');
    expect(readRegistration({ events: event('2027-01-02') }).expires).toBe('2027-01-02');
  });

  it.each([
    '2027-02-30',
    '2027-02-30T00:00:00Z',
    '2027-13-01T00:00:00Z',
    '2027-01-02T25:00:00Z',
    '2027-01-02T03',
    '2027-01/02',
    '02.01.2027',
    'tomorrow',
    '2027-01-02T03:04:05Z\u001b[2J',
    1798859045,
    null,
    ['2027-01-02T03:04:05Z'],
  ])('takes %j for no date', (value) => {
    expect(readRegistration(dated(value))).toEqual(nothing);
  });

  it('leaves out states that are not known, and those that come twice', () => {
    const status = ['evil\u001b[2J', 'locked', 'LOCKED', 7, null, { value: 'active' }, 'okay'];
    expect(readRegistration({ status }).statuses).toEqual(['locked']);
    expect(readRegistration({ status: ['okay', 'unreserved'] }).statuses).toBeUndefined();
  });

  it.each([
    ['client hold', 'client hold'],
    [['redemptionPeriod'], 'redemption period'],
    [['clientTransferProhibited'], 'client transfer prohibited'],
    [['serverHold https://icann.org/epp#serverHold'], 'server hold'],
    [['server_hold'], 'server hold'],
    [['ok'], 'active'],
    [['linked'], 'associated'],
    [['clientdeleteprohibited'], 'client delete prohibited'],
    [['https://icann.org/epp#clientHold'], 'client hold'],
    [[['client  hold.']], 'client hold'],
    [['Reserved by the registry'], 'reserved'],
  ])('reads the state %j as %s', (status, state) => {
    expect(readRegistration({ status }).statuses).toEqual([state]);
  });

  it('reads several states in one text', () => {
    expect(readRegistration({ status: 'clientHold, active' }).statuses).toEqual(['client hold', 'active']);
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
    ['no list of roles', named(['fn', {}, 'text', 'A'], { 0: 'registrar' })],
    ['no name', named(['email', {}, 'text', 'A'])],
    ['an empty name', named(['fn', {}, 'text', ' '])],
    ['a name that is no text', named(['fn', {}, 'text', { text: 'A' }])],
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
