import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Action } from './action.js';
import type { Rcode } from './query.js';
import { encodeReply, type Reply, record, startOfAuthority, withoutRecords } from './reply.js';

/** Replies with the given content. */
export function reply(content: Reply): Action {
  return (query, client) => client.send(encodeReply(query, content));
}

function negative(rcode: Rcode): Action {
  return (query, client) => {
    const authorities = [startOfAuthority(query.name.slice(query.name.lastIndexOf('.') + 1))];
    client.send(encodeReply(query, { rcode, authorities }));
  };
}

/** Replies NXDOMAIN with the SOA record of the top-level domain. */
export const deny: Action = negative('NXDOMAIN');

/** Replies NOERROR without an answer: the name exists but has no records of this type. */
export const noData: Action = negative('NOERROR');

/** Replies REFUSED. */
export const refuse: Action = reply({ rcode: 'REFUSED' });

/** Replies with the given response code and no records. */
export function fail(rcode: Rcode | number = 'SERVFAIL'): Action {
  return reply({ rcode });
}

/** Does not reply. */
export const silent: Action = () => {};

/** Replies with the addresses of the type that was asked for, or with `noData` if there are none. */
export function answer(...addresses: readonly string[]): Action {
  return (query, client) => {
    const wanted = addresses.filter((address) => query.type === (isIPv6(address) ? 'AAAA' : 'A'));
    if (wanted.length === 0) return noData(query, client);
    const answers = wanted.map((data) => record(isIPv6(data) ? 'AAAA' : 'A', query.name, data));
    client.send(encodeReply(query, { answers }));
  };
}

/** Replies with meaningless octets that depend only on the seed. */
export function rubbish(seed = 1, length = 40): Action {
  const octets = createHash('shake256', { outputLength: length }).update(`${seed}`).digest();
  return (_query, client) => client.send(octets);
}

/** Type A, class IN and a time to live of 60 seconds (RFC 1035 section 4.1.3). */
const typeClassTtl = [0, 1, 0, 1, 0, 0, 0, 60] as const;

/** The octets of a malformed answer section that begins at the given offset and announces one record. */
const malformedAnswers = {
  'missing record': () => [],
  'pointer to itself': (offset: number) => [0xc0 | (offset >> 8), offset & 0xff, ...typeClassTtl, 0, 0],
  'reserved label type': () => [0x80, 0, ...typeClassTtl, 0, 4, 192, 0, 2, 66],
  'data past the end': () => [0xc0, 12, ...typeClassTtl, 0xff, 0, 192],
} as const satisfies Record<string, (offset: number) => readonly number[]>;

/** Replies with the right id and question but a malformed answer section. */
export function unreadable(defect: keyof typeof malformedAnswers = 'pointer to itself'): Action {
  return (query, client) => {
    const head = withoutRecords(encodeReply(query, {}));
    head.writeUInt16BE(1, 6);
    client.send(Buffer.concat([head, Buffer.from(malformedAnswers[defect](head.length))]));
  };
}

/** Resets the connection instead of sending a reply; does nothing over UDP. */
export const reset: Action = (_query, client) => client.reset();

/** HTTPS: resets the query's stream instead of sending a reply, and leaves the connection open. */
export const resetStream: Action = (_query, client) => client.reset('stream');
