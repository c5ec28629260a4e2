import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Action } from './action.js';
import type { Rcode } from './query.js';
import { encodeReply, type Reply, record, startOfAuthority, withoutRecords } from './reply.js';

/** Sends the reply that is described. */
export function reply(content: Reply): Action {
  return (query, client) => client.send(encodeReply(query, content));
}

function negative(rcode: Rcode): Action {
  return (query, client) => {
    const authorities = [startOfAuthority(query.name.slice(query.name.lastIndexOf('.') + 1))];
    client.send(encodeReply(query, { rcode, authorities }));
  };
}

/** NXDOMAIN, with the top-level domain's SOA record. */
export const deny: Action = negative('NXDOMAIN');

/** NOERROR without an answer: the name exists, records of this type do not. */
export const noData: Action = negative('NOERROR');

/** REFUSED. */
export const refuse: Action = reply({ rcode: 'REFUSED' });

/** A reply with any other response code and nothing else. */
export function fail(rcode: Rcode | number = 'SERVFAIL'): Action {
  return reply({ rcode });
}

/** No reply at all. */
export const silent: Action = () => {};

/** Those of the addresses that are of the type asked for, or the word that there is none. */
export function answer(...addresses: readonly string[]): Action {
  return (query, client) => {
    const wanted = addresses.filter((address) => query.type === (isIPv6(address) ? 'AAAA' : 'A'));
    if (wanted.length === 0) return noData(query, client);
    const answers = wanted.map((data) => record(isIPv6(data) ? 'AAAA' : 'A', query.name, data));
    client.send(encodeReply(query, { answers }));
  };
}

/** Octets that mean nothing, the same for the same seed. */
export function rubbish(seed = 1, length = 40): Action {
  const octets = createHash('shake256', { outputLength: length }).update(`${seed}`).digest();
  return (_query, client) => client.send(octets);
}

const brokenRecords = {
  'missing record': () => [],
  'pointer to itself': (offset: number) => [
    0xc0 | (offset >> 8),
    offset & 0xff,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    60,
    0,
    0,
  ],
  'reserved label type': () => [0x80, 0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 66],
  'data past the end': () => [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0xff, 0, 192],
} as const satisfies Record<string, (offset: number) => readonly number[]>;

/** A reply with the right id and question, and an answer section nobody can read. */
export function unreadable(defect: keyof typeof brokenRecords = 'pointer to itself'): Action {
  return (query, client) => {
    const head = withoutRecords(encodeReply(query, {}));
    head.writeUInt16BE(1, 6);
    client.send(Buffer.concat([head, Buffer.from(brokenRecords[defect](head.length))]));
  };
}

/** A connection reset in place of a reply. Over UDP it is silence. */
export const reset: Action = (_query, client) => client.reset();

/** HTTPS: the query's stream reset in place of a reply, the connection left as it is. */
export const resetStream: Action = (_query, client) => client.reset('stream');
