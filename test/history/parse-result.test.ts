import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine } from '../../src/formats/json.js';
import { parseResult } from '../../src/history/parse-result.js';
import { anyResult } from '../formats/results.js';

describe('parseResult', () => {
  it('parses every line that the format json writes', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        const named = { ...result, name: 'is.dev', lastKnown: 'taken' as const };
        expect(jsonLine(parseResult(jsonLine(named)) ?? named)).toBe(jsonLine(named));
        expect(parseResult(jsonLine(named))).toMatchObject(named);
      }),
    );
  });

  it('completes a line that has only a name and a status', () => {
    expect(parseResult('{"name":"www.is.dev","status":"absent"}')).toMatchObject({
      name: 'www.is.dev',
      word: 'www.is',
      tld: 'dev',
      status: 'absent',
      addresses: [],
      tries: 0,
      ms: 0,
      evidence: [],
    });
    expect(parseResult('{"status":"unknown","name":"is.dev"}')).toMatchObject({ reason: '' });
  });

  it('ignores keys that it does not know, and a final CR', () => {
    const line = '{"name":"is.dev","was":"live","at":1,"status":"taken","color":["red"]}\r';
    expect(parseResult(line)).toMatchObject({ name: 'is.dev', status: 'taken' });
  });

  it.each([
    ['', 'nothing'],
    ['is.dev', 'a name'],
    ['{"name":"is.dev","status":"live"', 'half an object'],
    ['null', 'null'],
    ['["is.dev","live"]', 'an array'],
    ['{"status":"live"}', 'no name'],
    ['{"name":"is.dev"}', 'no status'],
    ['{"name":"is.dev","status":"free"}', 'another status'],
    ['{"name":"is.dev","status":"toString"}', 'a property of all objects as status'],
    ['{"name":7,"status":"live"}', 'a number as name'],
    ['{"name":"","status":"live"}', 'an empty name'],
    ['{"name":"bücher.dev","status":"live"}', 'a name in Unicode'],
    [`{"name":"${'a'.repeat(254)}","status":"live"}`, 'a name that is too long'],
    ['{"name":"is.dev","status":"live","reason":7}', 'a number as reason'],
    ['{"name":"is.dev","status":"live","addresses":"192.0.2.1"}', 'a text as addresses'],
    ['{"name":"is.dev","status":"live","evidence":[7]}', 'a number as evidence'],
    ['{"name":"is.dev","status":"live","ms":"7"}', 'a text as milliseconds'],
    ['{"name":"is.dev","status":"live","expires":7}', 'a number as a date'],
    ['{"name":"is.dev","status":"live","statuses":"active"}', 'a text as the states'],
    ['{"name":"is.dev","status":"unknown","lastKnown":"free"}', 'another status as the last known one'],
    ['{"name":"is.dev","status":"unknown","lastRegistration":7}', 'a number as a registration'],
    ['{"name":"is.dev","status":"unknown","lastRegistration":{"state":7}}', 'a number as its state'],
  ])('does not take %j for a result: %s', (line) => {
    expect(parseResult(line)).toBeUndefined();
  });
});
