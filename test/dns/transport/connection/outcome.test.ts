import type { Packet } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { readOutcome } from '../../../../src/dns/transport/connection/outcome.js';
import { address, alias, queryFor, replyTo } from '../../wire/messages.js';

const server = 'tcp://192.0.2.1:53';
const name = 'is.dev';
/** The flags of a usual reply that is truncated (RFC 1035 section 4.1.1, TC). */
const truncated = 0x0380;

const read = (content: Packet, isStream: boolean) =>
  readOutcome(replyTo(queryFor(name), content), { name, type: 'A' }, server, isStream);

describe('the outcome of a truncated reply', () => {
  it.each<[string, Packet, object]>([
    ['an address', { answers: [address(name, '192.0.2.7')] }, { addresses: ['192.0.2.7'] }],
    ['an alias', { answers: [alias(name, 'b.example')] }, { alias: 'b.example', addresses: [] }],
  ])('that came over a stream is %s if it has one', (_, content, reply) => {
    expect(read({ flags: truncated, ...content }, true)).toMatchObject({ reply });
  });

  it.each<[string, Packet]>([
    ['nothing else', {}],
    ['an address of another name', { answers: [address('other.dev', '192.0.2.7')] }],
    ['a denial', { flags: truncated | 3 }],
  ])('that came over a stream is a failure if it has %s', (_, content) => {
    expect(read({ flags: truncated, ...content }, true)).toEqual({
      failure: `truncated reply from ${server}`,
      ...{ server, hasReplied: true },
    });
  });

  it('that came in a datagram is that the question must be asked over a stream, whatever it has', () => {
    expect(read({ flags: truncated, answers: [address(name, '192.0.2.7')] }, false)).toEqual({
      failure: `truncated reply from ${server}`,
      ...{ server, hasReplied: true, isTruncated: true },
    });
  });
});

describe('the outcome of a reply without a question', () => {
  it.each([true, false])('is a failure that says so (over a stream: %s)', (isStream) => {
    const content = { questions: [], answers: [address(name, '192.0.2.7')] };
    expect(read(content, isStream)).toEqual({
      failure: `reply without a question from ${server}`,
      ...{ server, hasReplied: true },
    });
  });

  it('is the response code of a server that rejects the query', () => {
    expect(read({ questions: [], flags: 0x0185 }, false)).toMatchObject({ reply: { rcode: 'REFUSED' } });
  });
});
