import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet';
import { afterFile } from './closing.js';

/** A query as the server sees it. */
export interface PacketQuery {
  readonly name: string;
  readonly type: string;
  readonly isRecursionDesired: boolean;
  readonly hasEdns: boolean;
  readonly isCheckingDisabled: boolean;
}

/** The parts of a reply that differ from an empty one, or nothing if there is none. */
export type PacketReply = Pick<Packet, 'flags' | 'answers' | 'authorities' | 'additionals'> | undefined;

/** AA: the server speaks for the zone (RFC 1035 section 4.1.1). */
export const authoritative = AUTHORITATIVE_ANSWER;
/** Response codes, which are the lowest bits of the flags. */
export const nxdomain = 3;
export const servfail = 2;
export const formerr = 1;

/** A name server over UDP for tests whose replies are written record by record. */
export interface PacketServer {
  readonly address: string;
  readonly port: number;
  /** The queries that have arrived. */
  readonly queries: readonly PacketQuery[];
}

/**
 * Starts a name server that is closed after the last test of the file.
 *
 * @param port the port; by default any that is free.
 */
export async function servePackets(
  behaviour: (query: PacketQuery) => PacketReply,
  host = '127.0.0.1',
  port = 0,
): Promise<PacketServer> {
  const queries: PacketQuery[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const { id, flags = 0, questions = [], additionals = [] } = decode(message);
    const [question] = questions;
    if (question === undefined) return;
    const query = {
      name: question.name === '.' ? '' : question.name,
      type: question.type,
      isRecursionDesired: (flags & RECURSION_DESIRED) !== 0,
      hasEdns: additionals.some(({ type }) => type === 'OPT'),
      isCheckingDisabled: (flags & 0x10) !== 0,
    };
    queries.push(query);
    const reply = behaviour(query);
    if (reply === undefined) return;
    socket.send(encode({ type: 'response', id, questions, ...reply }), from.port, from.address);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  afterFile(() => socket.close());
  return { address: `${host}:${socket.address().port}`, port: socket.address().port, queries };
}

/** An extended error in an OPT record (RFC 8914 section 2). */
export const extendedError = (code: number): NonNullable<Packet['additionals']> => [
  {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 1232,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [{ code: 15, type: 'OPTION_15', data: Buffer.from([code >> 8, code & 0xff, 0x1b]) }],
  } as never,
];
