import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/formats/json.js';
import { anyResult, common, live, print } from './results.js';

describe('the json format', () => {
  it('prints the keys in one order, whatever their order in the result', async () => {
    expect(await print('json', [live])).toBe(
      '{"name":"xn--bcher-kva.dev","unicode":"bücher.dev","word":"xn--bcher-kva","tld":"dev",' +
        '"status":"live","reason":"an alias","addresses":["192.0.2.7","2001:db8::7"],' +
        '"rcode":"NOERROR","server":"udp://192.0.2.1:53","tries":3,"ms":12.5,"evidence":["A: NOERROR, address","dev exists"]}\n',
    );
  });

  it('prints what the registry says after the reason', async () => {
    const registration = {
      ...{ statuses: ['active', 'locked'], registrar: 'Ünlü, Inc.' },
      ...{ expires: '2027-01-02T03:04:05Z', created: '2019-02-28T16:00:00Z' },
    };
    expect(await print('json', [{ ...common, status: 'taken', reason: 'registered', ...registration }])).toBe(
      '{"name":"is.dev","word":"is","tld":"dev","status":"taken","reason":"registered","registrar":"Ünlü, Inc.",' +
        '"created":"2019-02-28T16:00:00Z","expires":"2027-01-02T03:04:05Z","statuses":["active","locked"],' +
        '"addresses":[],"tries":1,"ms":2,"evidence":[]}\n',
    );
  });

  it('prints a change after the status, and its time in UTC', async () => {
    const at = new Date(Date.UTC(2026, 10, 6, 7, 30));
    expect(await print('json', [{ ...common, status: 'absent', at, was: 'live' }])).toBe(
      '{"name":"is.dev","word":"is","tld":"dev","status":"absent","was":"live","at":"2026-11-06T07:30:00.000Z",' +
        '"addresses":[],"tries":1,"ms":2,"evidence":[]}\n',
    );
  });

  it('leaves out keys without a value, but never the addresses or the evidence', async () => {
    expect(await print('json', [{ ...common, status: 'absent' }])).toBe(
      '{"name":"is.dev","word":"is","tld":"dev","status":"absent","addresses":[],"tries":1,"ms":2,"evidence":[]}\n',
    );
  });

  it('prints each result on one line, from which the result can be parsed', async () => {
    const format = await json({ color: true });
    fc.assert(
      fc.property(anyResult, (result) => {
        const line = format.line(result);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toEqual(result);
      }),
    );
  });

  it('escapes what a terminal would obey and what nobody can see, in a way that JSON decodes', async () => {
    const format = await json({ color: true });
    const reason = 'a\u009bb\u202ec\u200bd\u{e0041}e';
    const line = format.line({ ...common, status: 'unknown', reason });
    expect(line).toContain('"reason":"a\\u009bb\\u202ec\\u200bd\\udb40\\udc41e"');
    expect(JSON.parse(line)).toMatchObject({ reason });
  });
});
