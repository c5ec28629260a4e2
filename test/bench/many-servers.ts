import { createSocket } from 'node:dgram';
import { countArrivals } from './arrivals.js';
import { isLive, suffix } from './names.js';

/** What a server of no use does. */
const faults = ['dead', 'refusing', 'failing', 'denying', 'making answers up', 'late'] as const;

/** How a server behaves. */
type Kind = 'good' | (typeof faults)[number];

/** Milliseconds by which a late server is late. */
const delay = 800;

/** Response codes (RFC 1035 section 4.1.1). */
const rcodes = { noError: 0, serverFailure: 2, noSuchName: 3, refused: 5 } as const;

/** An address record that points to the question's name (RFC 1035 sections 4.1.3 and 4.1.4). */
const addressRecord = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, 192, 0, 2, 1]);
/** A name server record of the same kind: its data is a name of one label, and the question's name. */
const nameServerRecord = Buffer.from([0xc0, 12, 0, 2, 0, 1, 0, 0, 14, 16, 0, 5, 2, 0x6e, 0x73, 0xc0, 12]);

/** The addresses of as many servers on loopback. */
export const addressesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`);

/** Lists servers on loopback, one a line, as a file of servers does. */
export const listOf = (count: number, port: number, scheme = ''): string =>
  addressesOf(count)
    .map((address) => `${scheme}${address}:${port}\n`)
    .join('');

/**
 * Serves on many loopback addresses in this process, and tells the parent process how many queries have arrived.
 *
 * @param badShare one in so many servers is of no use, in one of six ways; infinite for none.
 */
export function runManyServers(port: number, count: number, badShare: number): void {
  const arrivals = countArrivals();
  let ready = 0;
  for (const [index, address] of addressesOf(count).entries()) {
    // None is, if the share is infinite.
    const isBad = index % badShare === badShare - 1;
    const kind = isBad ? (faults[Math.floor(index / badShare) % faults.length] ?? 'dead') : 'good';
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1_000_000 });
    socket.on('message', (query, from) => {
      arrivals.add();
      if (kind === 'dead') return;
      const reply = replyTo(query, kind);
      const send = () => socket.send(reply, from.port, from.address);
      if (kind === 'late') setTimeout(send, delay);
      else send();
    });
    socket.bind(port, address, () => {
      if (++ready === count) arrivals.report();
    });
  }
}

function replyTo(query: Buffer, kind: Kind): Buffer {
  const { labels, end } = questionOf(query);
  const [rcode, record] = answerTo(labels, kind);
  const question = query.subarray(0, end);
  const reply = record ? Buffer.concat([question, record]) : Buffer.from(question);
  reply.writeUInt16BE(0x8180 | rcode, 2);
  reply.writeUInt16BE(record ? 1 : 0, 6);
  reply.writeUInt32BE(0, 8);
  return reply;
}

function answerTo(labels: readonly string[], kind: Kind): readonly [number, Buffer?] {
  if (kind === 'refusing') return [rcodes.refused];
  if (kind === 'failing') return [rcodes.serverFailure];
  if (kind === 'denying') return [rcodes.noSuchName];
  if (labels.length < 2) return [rcodes.noError, nameServerRecord];
  const exists = labels.length === 2 && labels[1] === suffix && isLive(labels[0] ?? '');
  return exists || kind === 'making answers up' ? [rcodes.noError, addressRecord] : [rcodes.noSuchName];
}

/** Reads the labels of the question, and finds its end. */
function questionOf(query: Buffer): { readonly labels: readonly string[]; readonly end: number } {
  const labels: string[] = [];
  let offset = 12;
  for (let length = query[offset] ?? 0; length > 0; length = query[offset] ?? 0) {
    labels.push(query.toString('latin1', offset + 1, offset + 1 + length).toLowerCase());
    offset += 1 + length;
  }
  return { labels, end: offset + 5 };
}
