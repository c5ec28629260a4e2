import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decode, encode, type Packet, RECURSION_DESIRED, type RecordType } from 'dns-packet';

/** Creates a query with recursion desired. */
export function question(name: string, type: RecordType = 'A', id = 1): Packet {
  return { type: 'query', id, flags: RECURSION_DESIRED, questions: [{ type, name }] };
}

/** Adds an OPT record to a query, with the maximum length of a UDP reply in octets. */
export function withEdns(query: Packet, udpPayloadSize = 1232): Packet {
  const fields = { extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] };
  return { ...query, additionals: [{ type: 'OPT', name: '.', udpPayloadSize, ...fields }] };
}

/** Decodes a reply with dns-packet. */
function readReply(message: Buffer) {
  const {
    flag_qr,
    flag_tc,
    id,
    questions = [],
    answers = [],
    authorities = [],
    additionals = [],
  } = decode(message);
  return {
    id,
    isReply: flag_qr,
    truncated: flag_tc,
    rcode: message.readUInt8(3) & 15,
    questions: questions.map(({ name, type }) => `${name} ${type}`),
    answers: answers.map((each) => ('data' in each ? `${each.data}` : each.type)),
    authorities: authorities.map(({ name, type }) => `${name} ${type}`),
    additionals: additionals.map(({ type }) => type),
  };
}

/** Creates a queue whose `next` waits until there is an item. */
function createInbox<Item>() {
  const items: Item[] = [];
  const waiting: ((item: Item) => void)[] = [];
  return {
    put(item: Item): void {
      const receiver = waiting.shift();
      if (receiver === undefined) items.push(item);
      else receiver(item);
    },
    async next(): Promise<Item> {
      return items.shift() ?? new Promise<Item>((resolve) => waiting.push(resolve));
    },
  };
}

/** Opens a UDP socket that accepts any message. */
export function openUdpClient(port: number, host = '127.0.0.1') {
  const socket = createSocket(host === '::1' ? 'udp6' : 'udp4');
  const inbox = createInbox<{ message: Buffer; address: string; port: number }>();
  socket.on('message', (message, source) =>
    inbox.put({ message, address: source.address, port: source.port }),
  );
  const send = (message: Buffer) => socket.send(message, port, host);
  return {
    send,
    /** Returns the next message, as it arrived, and its source. */
    next: inbox.next,
    /** Sends a query and decodes the next message that arrives. */
    async ask(query: Packet) {
      send(encode(query));
      return readReply((await inbox.next()).message);
    },
    close: () => void socket.close(),
  };
}

/** Opens a TCP connection that is read either chunk by chunk or message by message. */
export async function openTcpClient(port: number, host = '127.0.0.1') {
  const socket = connect({ port, host, noDelay: true });
  const inbox = createInbox<Buffer>();
  const closed = new Promise<'reset' | 'ended'>((resolve) => {
    socket.on('close', (hadError) => resolve(hadError ? 'reset' : 'ended'));
  });
  await once(socket, 'connect');
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => inbox.put(chunk));
  let rest: Buffer = Buffer.alloc(0);
  return {
    write: (octets: Buffer) => void socket.write(octets),
    nextChunk: inbox.next,
    /** Decodes the next complete message. */
    async nextReply() {
      while (rest.length < 2 || rest.length < 2 + rest.readUInt16BE(0)) {
        rest = Buffer.concat([rest, await inbox.next()]);
      }
      const end = 2 + rest.readUInt16BE(0);
      const message = rest.subarray(2, end);
      rest = rest.subarray(end);
      return readReply(message);
    },
    /** How the connection was closed. */
    closed,
    close: () => void socket.destroy(),
  };
}
