import { type Action, type Delivery, perform, type Script } from './action.js';
import { type Query, questionEnd } from './query.js';
import { truncate } from './reply.js';

/**
 * Performs the script but changes each message that it sends.
 *
 * @param change gets a copy of the message, which it may modify, and returns the message to send.
 */
export function altered(change: (message: Buffer, query: Query) => Buffer, script: Script): Action {
  return (query, client) => {
    const send = (message: Buffer, delivery?: Delivery) =>
      client.send(change(Buffer.from(message), query), delivery);
    perform(script, query, { ...client, send });
  };
}

/** Changes the id, so that it is not the query's. */
export function wrongId(script: Script): Action {
  return altered((message, query) => {
    message.writeUInt16BE(query.id ^ 0x5555, 0);
    return message;
  }, script);
}

/** Replaces the first letter of the question's name. */
export function wrongName(script: Script): Action {
  return altered((message) => {
    const first = String.fromCharCode(message.readUInt8(13)).toLowerCase();
    message.write(first === 'a' ? 'b' : 'a', 13);
    return message;
  }, script);
}

/** Changes the question's type to MX. */
export function wrongType(script: Script): Action {
  return altered((message) => {
    message.writeUInt16BE(15, questionEnd(message) - 4);
    return message;
  }, script);
}

/** Speaks for a zone: sets AA and clears RA (RFC 1035 section 4.1.1). */
export function authoritative(script: Script): Action {
  return altered((message) => {
    message.writeUInt16BE((message.readUInt16BE(2) | 0x0400) & ~0x0080, 2);
    return message;
  }, script);
}

/** Adds an extended error (RFC 8914 section 2) to each message that ends with an OPT record, as those to queries with EDNS do. */
export function explained(code: number, script: Script): Action {
  return altered((message, query) => {
    if (query.payloadSize === undefined) return message;
    const option = Buffer.of(0, 15, 0, 2, code >> 8, code & 0xff);
    message.writeUInt16BE(option.length, message.length - 2);
    return Buffer.concat([message, option]);
  }, script);
}

/** Truncates each message that is sent over UDP: removes its records and sets the TC bit. */
export function truncated(script: Script): Action {
  return altered((message, query) => (query.transport === 'udp' ? truncate(message) : message), script);
}

function delivered(delivery: Delivery, script: Script): Action {
  return (query, client) => {
    const send = (message: Buffer, inner?: Delivery) => client.send(message, { ...inner, ...delivery });
    perform(script, query, { ...client, send });
  };
}

/** Sends from a UDP port other than the one that received the query. */
export function fromOtherPort(script: Script): Action {
  return delivered({ from: 'other port' }, script);
}

/**
 * Sends from the address 127.0.0.2 and the UDP port that received the query.
 *
 * @throws when it sends, if the machine does not have that address.
 */
export function fromOtherAddress(script: Script): Action {
  return delivered({ from: 'other address' }, script);
}

/** Closes the connection after the message; over HTTP/2 with a GOAWAY frame. */
export function thenClose(script: Script): Action {
  return delivered({ close: 'after' }, script);
}

/** Closes the connection in the middle of the message. */
export function cutShort(script: Script): Action {
  return delivered({ close: 'within' }, script);
}

/** Resets the connection in the middle of the message. */
export function brokenOff(script: Script): Action {
  return delivered({ close: 'reset within' }, script);
}

/** Sends over HTTPS with another status than 200, and with a Retry-After header if one is given. */
export function withStatus(status: number, script: Script, retryAfter?: string): Action {
  return delivered({ status, ...(retryAfter !== undefined && { retryAfter }) }, script);
}

/** Sends over HTTPS with another content type than that of a DNS message. */
export function withType(type: string, script: Script): Action {
  return delivered({ type }, script);
}
