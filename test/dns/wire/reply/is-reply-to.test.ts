import { encode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReplyTo } from '../../../../src/dns/wire/reply.js';
import { rcodes } from '../../../helpers/name-server/query.js';
import { id, queryFor, replyTo } from '../messages.js';
import { anyStory, plain } from '../stories.js';

const name = 'is-it-2.dev';
const query = queryFor(name);
const question = { type: 'A', name } as const;

/** Encodes a header alone; `padding` adds octets after it, or removes some of its own. */
function header({ id: messageId = id, flags = 0x8000, rcode = 0, questions = 0, padding = 0 }): Buffer {
  const message = Buffer.alloc(12 + Math.max(padding, 0));
  message.writeUInt16BE(messageId, 0);
  message.writeUInt16BE(flags | rcode, 2);
  message.writeUInt16BE(questions, 4);
  return message.subarray(0, 12 + padding);
}

describe('isReplyTo', () => {
  it('accepts any reply with the id and the question of the query, in any letter case', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        expect(isReplyTo(id, { type: 'A', name: story.name }, plain(story))).toBe(true);
      }),
    );
  });

  it('accepts a reply whose question is in capital letters', () => {
    expect(isReplyTo(id, question, replyTo(queryFor(name.toUpperCase())))).toBe(true);
  });

  it.each([
    ['with another id', { id: id ^ 1 }],
    ['whose id differs in the upper octet', { id: id ^ 0x100 }],
    ['that is a query', { type: 'query' }],
    ['with two questions', { questions: [question, question] }],
    ['about a longer name', { questions: [{ ...question, name: `${name}a` }] }],
    ['about another name', { questions: [{ ...question, name: 'is-it-3.dev' }] }],
    ['about a subdomain', { questions: [{ ...question, name: `a.${name}` }] }],
    ['about another type', { questions: [{ ...question, type: 'AAAA' }] }],
    ['about another class', { questions: [{ ...question, class: 'CH' }] }],
  ] as const)('rejects a message %s', (_, { ...content }) => {
    const message = { type: 'response', id, questions: [question], ...content } as const;
    expect(isReplyTo(id, question, encode({ ...message, questions: [...message.questions] }))).toBe(false);
  });

  it.each(['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const)(
    'accepts a header without a question that says %s',
    (rcode) => {
      expect(isReplyTo(id, question, header({ rcode: rcodes[rcode] }))).toBe(true);
    },
  );

  it.each([
    ['REFUSED with another id', { rcode: 5, id: id ^ 1 }],
    ['REFUSED in a query', { rcode: 5, flags: 0 }],
    ['REFUSED, and was cut off', { rcode: 5, padding: -1 }],
    ['REFUSED, without the question that it announces', { rcode: 5, questions: 1 }],
  ])('rejects a header that says only %s', (_, content) => {
    expect(isReplyTo(id, question, header(content))).toBe(false);
  });

  it('rejects a message that announces 257 questions', () => {
    const message = replyTo(query);
    message.writeUInt16BE(0x0101, 4);
    expect(isReplyTo(id, question, message)).toBe(false);
  });

  it('rejects a message that ends before its question does', () => {
    const message = replyTo(query);
    for (let end = 0; end < query.length; end++) {
      expect(isReplyTo(id, question, message.subarray(0, end))).toBe(false);
    }
  });

  it('rejects a message if any octet of its id or question differs by more than the case of a letter', () => {
    const offsets = [0, 1, ...Array.from({ length: query.length - 12 }, (_, index) => 12 + index)];
    const accepted = offsets.flatMap((offset) => {
      const octets = Array.from({ length: 256 }, (_, octet) => octet);
      return octets.filter((octet) => {
        const message = replyTo(query);
        message.writeUInt8(octet, offset);
        return isReplyTo(id, question, message);
      });
    });
    const equivalent = offsets.flatMap((offset) => {
      const octet = query.readUInt8(offset);
      const isLetter = offset >= 12 && octet >= 0x61 && octet <= 0x7a;
      return isLetter ? [octet - 0x20, octet] : [octet];
    });
    expect(accepted).toEqual(equivalent);
  });
});
