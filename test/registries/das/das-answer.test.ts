import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDasRefusal, readDasAnswer } from '../../../src/registries/das/das-answer.js';
import { dasServices } from '../../../src/registries/das/services.js';
import { anyString } from '../../helpers/any-string.js';

function serviceOf(suffix: string) {
  return dasServices[suffix] ?? expect.fail(`Expected a service of .${suffix}`);
}

const read = (text: string, name = 'word.lt') =>
  readDasAnswer(text, serviceOf(name.slice(name.lastIndexOf('.') + 1)), name);

const replyOfLt = (status: string) => `% .lt registry DAS service\nDomain: word.lt\nStatus: ${status}\n`;
const replyOfEu = (status: string) =>
  `% .eu Domain Availability Server 1.0\n%\n%% RC = 0\nDomain: word\nStatus: ${status}\n`;
const replyOfBe = (status: string) => `% RC: 0\r\nDomain: word.be\r\nStatus: ${status}\r\n`;

const unregistered = { registered: false };
const registered = { registered: true, state: undefined };

describe('readDasAnswer', () => {
  it.each([
    ['word.lt', replyOfLt('available'), unregistered],
    ['word.lt', replyOfLt('registered'), registered],
    ['word.lt', replyOfLt('blocked'), { registered: false, withheld: 'blocked' }],
    ['word.lt', replyOfLt('reserved'), { registered: false, withheld: 'reserved' }],
    ['word.lt', replyOfLt('pendingDelete'), { registered: false, withheld: 'pending delete' }],
    ['word.lt', replyOfLt('outOfService'), { registered: false, withheld: 'out of service' }],
    ['word.eu', replyOfEu('AVAILABLE'), unregistered],
    ['word.eu', replyOfEu('FREE'), unregistered],
    ['word.eu', replyOfEu('REGISTERED'), registered],
    ['word.eu', replyOfEu('NOT AVAILABLE'), { registered: false, withheld: 'not available' }],
    ['word.eu', replyOfEu('RESERVED'), { registered: false, withheld: 'reserved' }],
    ['word.eu', replyOfEu('ON HOLD'), { registered: false, withheld: 'on hold' }],
    ['word.be', replyOfBe('AVAILABLE'), unregistered],
    ['word.be', replyOfBe('NOT AVAILABLE'), registered],
    ['word.be', replyOfBe('NOT ALLOWED'), { failure: 'its registry says: not allowed' }],
  ])('reads what the registry of %s says in %j', (name, text, answer) => {
    expect(read(text, name)).toEqual(answer);
  });

  it.each([
    ['word.lt', 'WORD.LT'],
    ['word.lt', 'word.lt.'],
    ['xn--bcher-kva.lt', 'bücher.lt'],
    ['1234.lt', '1234'],
  ])('knows the name %s as %s', (name, shown) => {
    expect(read(`Domain: ${shown}\nStatus: available`, name)).toEqual(unregistered);
  });

  it.each([
    ['no status', 'Domain: word.lt\n'],
    ['half a status', 'Domain: word.lt\nStatus: avail'],
    ['another status', replyOfLt('free')],
    ['a status in other letters', replyOfLt('AVAILABLE')],
    ['a status with more after it', replyOfLt('available soon')],
    ['a property of all objects as status', replyOfLt('toString')],
    ['two statuses', `${replyOfLt('available')}Status: registered\n`],
    ['a status in a comment', 'Domain: word.lt\n% Status: available\n'],
    ['a status with control characters', replyOfLt('available\u001b[2J')],
  ])('believes no reply with %s', (_what, text) => {
    expect(read(text)).toEqual({ failure: 'das.domreg.lt:4343 gave no status that is documented' });
  });

  it.each([
    ['no name', 'Status: available\n'],
    ['another name', replyOfLt('available').replace('word', 'other')],
    ['two names', `Domain: other.lt\n${replyOfLt('available')}`],
    ['the name of another suffix', replyOfLt('available').replace('word.lt', 'word.eu')],
    ['a very long name', replyOfLt('available').replace('word', 'ü'.repeat(2000))],
  ])('believes no reply with %s', (_what, text) => {
    expect(read(text)).toEqual({ failure: 'das.domreg.lt:4343 answered about another name' });
  });

  it('passes no text of the server on', () => {
    fc.assert(
      fc.property(anyString(), anyString(), (domain, status) => {
        const answer = read(`Domain: ${domain}\nStatus: ${status}\n`);
        expect(JSON.stringify(answer)).toMatch(/^[ -~]*$/);
      }),
    );
  });
});

describe('isDasRefusal', () => {
  it.each(['%% RC = -2\n', '% RC: -3\r\n', 'RC: -2\n', 'Domain: x\nrc=-2', '%RC:-2'])(
    'takes %j for a refusal',
    (text) => {
      expect(isDasRefusal(text)).toBe(true);
    },
  );

  it.each(['%% RC = 0\n', 'RC: 2', 'RC: -1', 'RC: -22', 'Status: RC = -2', 'RC -2'])(
    'does not take %j for a refusal',
    (text) => {
      expect(isDasRefusal(text)).toBe(false);
    },
  );
});
