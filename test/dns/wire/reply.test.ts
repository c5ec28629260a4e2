import type { Packet } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyStory, compressed, plain, rcodeNames } from '../resolver/stories.js';
import { address, alias, queryFor, read, replyTo } from './messages.js';

const name = 'is.dev';
const readReply = (content: Packet) => read(replyTo(queryFor(name), content), name);
/** What any reply says; name servers are looked for where there is neither an alias nor an address. */
const bare = { rcode: 'NOERROR', truncated: false, addresses: [] };
const nothing = { ...bare, nameServers: false };

describe('a reply says what its server means', () => {
  test('with every name in full', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(read(plain(story), story.name)).toEqual(story.truth);
      }),
    );
  });

  test('with names that point to earlier ones', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(read(compressed(story), story.name)).toEqual(story.truth);
      }),
    );
  });

  test.each(rcodeNames.map((rcode, number) => [number, rcode] as const))(
    'response code %i is %s',
    (number, rcode) => {
      expect(readReply({ flags: number })).toEqual({ ...nothing, rcode });
    },
  );
});

/** Aliases that lead to a circle of names, or are one, in any order. */
const anyCircle = fc
  .integer({ min: 1, max: 6 })
  .chain((length) => fc.tuple(fc.constant(length), fc.nat(length - 1)))
  .chain(([length, back]) => {
    const names = [name, 'b.dev', 'c.dev', 'd.dev', 'e.dev', 'f.dev'].slice(0, length);
    const circle = names.slice(back);
    const targets = [...names.slice(1), ...circle];
    const aliases = names.map((owner, index) => alias(owner, targets[index] ?? ''));
    const answers = [...aliases, address('other.dev', '192.0.2.9')];
    return fc.record({
      answers: fc.shuffledSubarray(answers, { minLength: answers.length }),
      circle: fc.constant(circle),
    });
  });

describe('aliases', () => {
  const chain = [alias('b.dev', 'c.dev'), address('c.dev', '192.0.2.3'), alias(name, 'b.dev')];

  test('are followed to their end in whatever order they come', () => {
    expect(readReply({ answers: chain })).toEqual({ ...bare, addresses: ['192.0.2.3'], alias: 'c.dev' });
  });

  test('leave out the addresses of the names on the way', () => {
    const answers = [address(name, '192.0.2.1'), address('b.dev', '192.0.2.2'), ...chain];
    expect(readReply({ answers })).toMatchObject({ addresses: ['192.0.2.3'] });
  });

  test('may end at a name that does not exist', () => {
    expect(readReply({ flags: 3, answers: [alias(name, 'B.dev')] })).toEqual({
      ...bare,
      rcode: 'NXDOMAIN',
      alias: 'b.dev',
    });
  });

  test('of class CH are not followed', () => {
    expect(readReply({ answers: [{ ...alias(name, 'b.dev'), class: 'CH' }] })).toEqual(nothing);
  });

  test('may end at the root', () => {
    const answers = [alias(name, '.'), address(name, '192.0.2.1'), address('.', '192.0.2.2')];
    expect(readReply({ answers })).toEqual({ ...bare, addresses: ['192.0.2.2'], alias: '' });
  });

  test('that go round end at one of the names of the circle, without an address', () => {
    fc.assert(
      fc.property(anyCircle, ({ answers, circle }) => {
        const reply = readReply({ answers });
        expect(reply).toEqual({ ...bare, alias: expect.any(String) });
        expect(circle).toContain(reply?.alias);
      }),
    );
  });
});

const servers = { type: 'NS', name: 'dev', data: 'ns.example' } as const;
const start = { type: 'SOA', name: 'dev', data: { mname: 'ns.example', rname: 'admin.example' } } as const;

describe('a referral', () => {
  test('names the zone whose name servers stand in place of an answer', () => {
    expect(readReply({ authorities: [servers] })).toEqual({ ...nothing, referral: 'dev' });
  });

  test('to the root has its empty name', () => {
    expect(readReply({ authorities: [{ ...servers, name: '.' }] })).toEqual({ ...nothing, referral: '' });
  });

  test('is none beside an SOA record: that is the answer that there are no such records', () => {
    expect(readReply({ authorities: [servers, start] })).toEqual({ ...nothing, zone: 'dev' });
  });

  test('is none where the response code is another', () => {
    expect(readReply({ flags: 3, authorities: [servers] })).toEqual({ ...nothing, rcode: 'NXDOMAIN' });
  });

  test('is none beside any answer', () => {
    const answers = [{ type: 'TXT', name, data: 'x' } as const];
    expect(readReply({ answers, authorities: [servers] })).toEqual(nothing);
  });
});

describe('name servers', () => {
  const own = { ...servers, name };

  test('in the answer are those of the name, in whatever letter case', () => {
    expect(readReply({ answers: [own] })).toEqual({ ...nothing, nameServers: true });
    expect(readReply({ answers: [{ ...own, name: 'IS.Dev' }] })).toMatchObject({ nameServers: true });
    expect(readReply({ answers: [servers, own] })).toMatchObject({ nameServers: true });
  });

  test('of the root are those of the root', () => {
    const answers = [{ ...servers, name: '.' }];
    expect(read(replyTo(queryFor(''), { answers }), '')).toEqual({ ...nothing, nameServers: true });
  });

  test.each([
    ['of another name', { answers: [servers, { ...servers, name: `a.${name}` }] }],
    ['of class CH', { answers: [{ ...own, class: 'CH' as const }] }],
    ['in place of an answer', { authorities: [own] }],
    ['beside the answer', { additionals: [own] }],
  ])('%s are not its own', (_, content) => {
    expect(readReply(content)).toMatchObject({ nameServers: false });
  });

  test('are not looked for beside an address or an alias', () => {
    const withAddress = { answers: [own, address(name, '192.0.2.1')] };
    expect(readReply(withAddress)).toEqual({ ...bare, addresses: ['192.0.2.1'] });
    expect(readReply({ answers: [own, alias(name, 'b.dev')] })).toEqual({ ...bare, alias: 'b.dev' });
  });
});

describe('the zone', () => {
  test.each([
    ['NOERROR', 0],
    ['NXDOMAIN', 3],
  ])('is the owner of the SOA record in place of an answer, with %s', (rcode, flags) => {
    expect(readReply({ flags, authorities: [start] })).toEqual({ ...nothing, rcode, zone: 'dev' });
  });

  test('is in lower case, and empty for the root', () => {
    expect(readReply({ authorities: [{ ...start, name: 'DEV' }] })).toMatchObject({ zone: 'dev' });
    expect(readReply({ authorities: [{ ...start, name: '.' }] })).toMatchObject({ zone: '' });
  });

  test('may be the name itself', () => {
    expect(readReply({ authorities: [{ ...start, name }] })).toEqual({ ...nothing, zone: name });
  });

  test.each([
    ['in the answer', { answers: [start] }],
    ['of class CH', { authorities: [{ ...start, class: 'CH' as const }] }],
    ['in the additional section', { additionals: [start] }],
  ])('is not told by an SOA record %s', (_, content) => {
    expect(readReply(content)).toEqual(nothing);
  });

  test('is not looked for beside an address or an alias', () => {
    const withAddress = { answers: [address(name, '192.0.2.1')], authorities: [start] };
    expect(readReply(withAddress)).toEqual({ ...bare, addresses: ['192.0.2.1'] });
    const withAlias = { answers: [alias(name, 'b.dev')], authorities: [start] };
    expect(readReply(withAlias)).toEqual({ ...bare, alias: 'b.dev' });
  });
});

describe('a truncated reply', () => {
  test('says its response code and that it is truncated; nothing of its records is used', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const message = plain(story);
        message.writeUInt16BE(message.readUInt16BE(2) | 0x0200, 2);
        expect(read(message, story.name)).toEqual({
          rcode: story.truth.rcode,
          truncated: true,
          addresses: [],
        });
      }),
    );
  });

  test('is the same wherever it was cut behind the question', () => {
    const query = queryFor(name);
    const message = replyTo(query, { flags: 0x0200, answers: [address(name, '192.0.2.1')] });
    for (let end = query.length; end <= message.length; end++) {
      expect(read(message.subarray(0, end), name)).toEqual({ ...bare, truncated: true });
    }
  });
});

test.each(Array.from({ length: 15 }, (_, index) => index + 1))('opcode %i is not to be read', (opcode) => {
  const answers = [address(name, '192.0.2.1')];
  expect(readReply({ flags: opcode << 11, answers })).toBeUndefined();
  expect(readReply({ flags: (opcode << 11) | 0x0200, answers })).toBeUndefined();
});

test.each([
  ['A', 3],
  ['A', 5],
  ['A', 0],
  ['AAAA', 15],
  ['AAAA', 4],
] as const)('an %s record of %i octets makes the reply unreadable', (type, length) => {
  const message = replyTo(queryFor(name), { answers: [{ type: 'TXT', name, data: 'x' }] });
  const data = message.length - 2;
  const answer = message.subarray(0, data);
  answer.writeUInt16BE(type === 'A' ? 1 : 28, data - 10);
  answer.writeUInt16BE(length, data - 2);
  expect(read(Buffer.concat([answer, Buffer.alloc(length)]), name)).toBeUndefined();
});
