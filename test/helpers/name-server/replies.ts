import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Action } from './action.js';
import type { Rcode } from './query.js';
import { encodeError, encodeReply, type Reply, record, startOfAuthority, withoutRecords } from './reply.js';

/** Replies with the given content. */
function reply(content: Reply): Action {
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

/** Replies with a header alone. */
export function headerOnly(rcode: Rcode): Action {
  return (query, client) => client.send(encodeError(query.message, rcode));
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

/** The type A, the class IN, a time to live of 60 seconds and no data (RFC 1035 section 4.1.3). */
const emptyRecord = [0, 1, 0, 1, 0, 0, 0, 60, 0, 0] as const;

/** Replies with the right id and question, but with an answer whose owner is a pointer to itself. */
export function unreadable(): Action {
  return (query, client) => {
    const head = withoutRecords(encodeReply(query, {}));
    head.writeUInt16BE(1, 6);
    const { length } = head;
    client.send(Buffer.concat([head, Buffer.of(0xc0 | (length >> 8), length & 0xff, ...emptyRecord)]));
  };
}

/** Resets the connection instead of sending a reply; does nothing over UDP. */
export const reset: Action = (_query, client) => client.reset();

/** HTTPS: resets the query's stream instead of sending a reply, and leaves the connection open. */
export const resetStream: Action = (_query, client) => client.reset('stream');
