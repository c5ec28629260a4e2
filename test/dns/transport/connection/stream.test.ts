import { describe, expect, it } from 'vitest';
import { openStreamTransport } from '../../../../src/dns/transport/connection/stream.js';
import { systemError } from '../../../helpers/fake-sockets.js';
import { address, replyTo } from '../../wire/messages.js';
import {
  createContext,
  emptyReplyTo,
  inFrames,
  messagesIn,
  queries,
  queryFor,
  truncatedReplyTo,
} from '../played.js';

const endpoint = { url: 'tcp://192.0.2.1:53', address: '192.0.2.1', port: 53 };

/** Asks queries over a fake stream, all in one turn. */
function ask(asked = queries(1)) {
  const context = createContext();
  const { clock, sockets } = context.platform;
  const transport = openStreamTransport(endpoint, context, (events) =>
    sockets.connectStream(endpoint.address, endpoint.port, events),
  );
  for (const query of asked) transport.ask(query);
  clock.endTurn();
  const [stream = expect.unreachable()] = sockets.streams;
  const messages = messagesIn(Buffer.concat(stream.written));
  return { ...context, clock, transport, stream, messages };
}

describe('a transport over a byte stream', () => {
  it('writes the queries of one turn together, each after its length', () => {
    const { stream, messages } = ask(queries(3));
    expect(stream.written).toHaveLength(1);
    const names = messages.map((message) => message.toString('latin1', 12, 19));
    expect(names).toEqual(['\x02x1\x03dev', '\x02x2\x03dev', '\x02x3\x03dev']);
  });

  it('takes replies in whatever order and pieces they come', () => {
    const { stream, messages, said } = ask(queries(3));
    const octets = inFrames(...messages.toReversed().map(emptyReplyTo));
    for (const octet of octets) stream.events.data(Buffer.of(octet));
    expect(said()).toEqual(['x3.dev: NOERROR', 'x2.dev: NOERROR', 'x1.dev: NOERROR']);
  });

  it('ignores a message that is not a reply, and takes the reply after it', () => {
    const { stream, messages, said } = ask();
    stream.events.data(inFrames(Buffer.alloc(0), Buffer.alloc(40), ...messages.map(emptyReplyTo)));
    expect(said()).toEqual(['x1.dev: NOERROR']);
  });

  it('fails a query whose reply was truncated although it came on a stream', () => {
    const { stream, messages, said } = ask();
    stream.events.data(inFrames(...messages.map(truncatedReplyTo)));
    expect(said()).toEqual(['x1.dev: truncated reply from tcp://192.0.2.1:53']);
  });

  it('takes a reply of 200 addresses, which would not fit into a datagram', () => {
    const addresses = Array.from({ length: 200 }, (_, index) => `192.0.2.${index}`);
    const { stream, messages, outcomes } = ask();
    const answers = addresses.map((each) => address('x1.dev', each));
    stream.events.data(inFrames(...messages.map((message) => replyTo(message, { answers }))));
    expect(outcomes[0]?.outcome).toMatchObject({ reply: { addresses } });
  });

  it('fails its queries if the stream ends, and says why', () => {
    const { stream, said } = ask(queries(2));
    stream.events.closed(systemError('ECONNRESET'), true);
    const failure = 'connection reset by tcp://192.0.2.1:53';
    expect(said()).toEqual([`x1.dev: ${failure}`, `x2.dev: ${failure}`]);
  });

  it('has half of all ids in flight at most, and sends the next query when a reply has come', () => {
    const { clock, transport, stream, messages, said } = ask(queries(0x8000 + 1));
    expect(messages).toHaveLength(0x8000);
    expect(transport.capacity(true)).toBe(-1);
    stream.events.data(inFrames(...messages.slice(0, 1).map(emptyReplyTo)));
    clock.endTurn();
    expect(said()).toEqual(['x1.dev: NOERROR']);
    expect(stream.written).toHaveLength(2);
  });

  it('reports nothing about a query that has been forgotten', () => {
    const query = queryFor('x.dev');
    const { transport, stream, messages, said } = ask([query]);
    transport.forget(query);
    stream.events.data(inFrames(...messages.map(emptyReplyTo)));
    expect(said()).toEqual([]);
  });

  it('closes its stream when it is closed', () => {
    const { transport, stream } = ask();
    transport.close();
    expect(stream.isDestroyed).toBe(true);
  });
});
