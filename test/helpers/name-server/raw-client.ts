import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decode, encode, type Packet, RECURSION_DESIRED, type RecordType } from 'dns-packet';

/** A query with recursion desired. */
export function question(name: string, type: RecordType = 'A', id = 1): Packet {
  return { type: 'query', id, flags: RECURSION_DESIRED, questions: [{ type, name }] };
}

/** The same query with an OPT record that says how large a reply may be, in octets. */
export function withEdns(query: Packet, udpPayloadSize = 1232): Packet {
  const fields = { extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] };
  return { ...query, additionals: [{ type: 'OPT', name: '.', udpPayloadSize, ...fields }] };
}

/** What dns-packet reads in a reply. */
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

/** Keeps what arrives until it is taken, and who waits until something arrives. */
function openInbox<Item>() {
  const items: Item[] = [];
  const waiting: ((item: Item) => void)[] = [];
  return {
    put(item: Item): void {
      const taker = waiting.shift();
      if (taker === undefined) items.push(item);
      else taker(item);
    },
    async take(): Promise<Item> {
      return items.shift() ?? new Promise<Item>((resolve) => waiting.push(resolve));
    },
  };
}

/** A UDP socket that trusts whatever arrives. */
export function openUdpClient(port: number, host = '127.0.0.1') {
  const socket = createSocket(host === '::1' ? 'udp6' : 'udp4');
  const inbox = openInbox<{ message: Buffer; address: string; port: number }>();
  socket.on('message', (message, source) =>
    inbox.put({ message, address: source.address, port: source.port }),
  );
  const send = (message: Buffer) => socket.send(message, port, host);
  return {
    send,
    /** The next message, as it arrived and where it came from. */
    take: inbox.take,
    /** Sends a query, and reads the first message that arrives. */
    async ask(query: Packet) {
      send(encode(query));
      return readReply((await inbox.take()).message);
    },
    close: () => void socket.close(),
  };
}

/** A TCP connection, read chunk by chunk or message by message. */
export async function openTcpClient(port: number, host = '127.0.0.1') {
  const socket = connect({ port, host, noDelay: true });
  const inbox = openInbox<Buffer>();
  const closed = new Promise<'reset' | 'ended'>((resolve) => {
    socket.on('close', (hadError) => resolve(hadError ? 'reset' : 'ended'));
  });
  await once(socket, 'connect');
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => inbox.put(chunk));
  let rest: Buffer = Buffer.alloc(0);
  return {
    write: (octets: Buffer) => void socket.write(octets),
    takeChunk: inbox.take,
    /** Reads the next whole message. */
    async takeReply() {
      while (rest.length < 2 || rest.length < 2 + rest.readUInt16BE(0)) {
        rest = Buffer.concat([rest, await inbox.take()]);
      }
      const end = 2 + rest.readUInt16BE(0);
      const message = rest.subarray(2, end);
      rest = rest.subarray(end);
      return readReply(message);
    },
    /** How the connection went down, once it has. */
    closed,
    close: () => void socket.destroy(),
  };
}
