import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCodeRefusal, readCodeAnswer } from '../../../src/registries/das/code-answer.js';
import { dasServices } from '../../../src/registries/das/services.js';
import { anyString } from '../../helpers/any-string.js';

const service = dasServices['ch'] ?? expect.fail('Expected a service of .ch');
const read = (text: string) => readCodeAnswer(text, service);

const undocumented = { failure: 'whois.nic.ch:4343 gave no code that is documented' };

describe('readCodeAnswer', () => {
  it.each([
    ['1: This domain name can be registered.\r\n', { registered: false }],
    ['1 : Text\n', { registered: false }],
    [
      '0: This domain name can not be registered.\r\nReason: This domain name is already registered.\r\n',
      { registered: true, state: undefined },
    ],
    ['0: This domain name can not be registered.\n', { registered: false, withheld: 'cannot be registered' }],
    ['0: Text\nReason: Reserved.\n', { registered: false, withheld: 'cannot be registered' }],
    ['-1: Text\n', { failure: 'its registry says: invalid enquiry' }],
    [
      '1: Text\nReason: This domain name is already registered.\n',
      { failure: 'whois.nic.ch:4343 contradicts itself' },
    ],
  ])('reads %j', (text, answer) => {
    expect(read(text)).toEqual(answer);
  });

  it.each(['', '1', '2: Text\n', '10: Text\n', 'Text\n1: Text\n', '1: Text\n0: Text\n', 'x1: Text\n'])(
    'does not believe %j',
    (text) => {
      expect(read(text)).toEqual(undocumented);
    },
  );

  it('passes no text of the server on', () => {
    fc.assert(
      fc.property(anyString(), (text) => {
        expect(JSON.stringify(read(`0: ${text}`))).toMatch(/^[ -~]*$/);
      }),
    );
  });
});

describe('isCodeRefusal', () => {
  it('takes the codes of a limit and of a fault of the server for a refusal', () => {
    expect(['-95: Text', '-99 : Text'].map(isCodeRefusal)).toEqual([true, true]);
    expect(['1: -95: Text', '-9: Text', '-951: Text', '0: Text'].map(isCodeRefusal)).toEqual(
      Array(4).fill(false),
    );
  });
});
