import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import type { Reply } from '../../../src/dns/wire/reply.js';
import { describeCanary, randomNameUnder, readCanary } from '../../../src/probe/trust/canary.js';
import { createSeededRandom } from '../../simulation/random.js';

const server = 'udp://192.0.2.1:53';

const read = (outcome: Outcome) =>
  readCanary({ outcome, asked: server, tries: 1, ms: 1, sent: 3, received: 5 });

const replied = (reply: Partial<Reply>): Outcome => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [], ...reply },
  server,
});

describe('the reply to a canary', () => {
  it.each([
    ['exists if the reply has no error', {}, true],
    [
      'exists if it is an alias of a name that does not exist',
      { rcode: 'NXDOMAIN', alias: 'gone.dev' },
      true,
    ],
    ['does not exist if it is denied', { rcode: 'NXDOMAIN' }, false],
  ])('says that a name %s', (_, reply, exists) => {
    expect(read(replied(reply))).toEqual({ exists, zone: undefined, sent: 3, received: 5 });
  });

  it('keeps the zone whose SOA record the reply has', () => {
    expect(read(replied({ rcode: 'NXDOMAIN', zone: 'dev' }))).toMatchObject({ zone: 'dev' });
  });

  it('keeps nothing of a failure but the reason', () => {
    expect(read({ failure: 'no reply', server })).toEqual({ failure: 'no reply' });
  });
});

describe('the description of a canary', () => {
  const places = { zone: undefined, sent: 1, received: 2 };

  it.each([
    [{ exists: true, ...places }, 'dev exists'],
    [{ exists: false, ...places }, 'dev does not exist'],
    [{ failure: 'no reply' }, 'dev: no reply'],
  ])('says what the server has said: %j', (reply, text) => {
    expect(describeCanary('dev', reply)).toBe(text);
  });
});

describe('a random name', () => {
  it('has a label of 26 letters and digits, with all of which DNS names can begin', () => {
    expect(randomNameUnder('dev', createSeededRandom(1))).toMatch(/^[a-z2-7]{26}\.dev$/);
  });

  it('is made of all 32 letters and digits, and only of random ones', () => {
    const asked: number[] = [];
    const name = randomNameUnder('dev', {
      ...createSeededRandom(1),
      below: (limit) => asked.push(limit) - 1,
    });
    expect(name).toBe('abcdefghijklmnopqrstuvwxyz.dev');
    expect(asked).toEqual(new Array(26).fill(32));
    expect(randomNameUnder('dev', { ...createSeededRandom(1), below: () => 31 })).toBe(
      `${'7'.repeat(26)}.dev`,
    );
  });

  it.each([
    [226, 26],
    [227, 25],
    [251, 1],
    [252, 1],
  ])('under a parent of %i octets has a label of %i', (length, label) => {
    const name = randomNameUnder('x'.repeat(length), createSeededRandom(1));
    expect(name.indexOf('.')).toBe(label);
  });
});
