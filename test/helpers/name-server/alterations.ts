import { type Action, type Delivery, perform, type Script } from './action.js';
import { type Query, questionEnd } from './query.js';
import { truncate } from './reply.js';

/** Does the script, each message changed on its way out; `change` may write to the copy it is given. */
export function altered(change: (message: Buffer, query: Query) => Buffer, script: Script): Action {
  return (query, client) => {
    const send = (message: Buffer, delivery?: Delivery) =>
      client.send(change(Buffer.from(message), query), delivery);
    perform(script, query, { ...client, send });
  };
}

/** With an id that is not the query's. */
export function wrongId(script: Script): Action {
  return altered((message, query) => {
    message.writeUInt16BE(query.id ^ 0x5555, 0);
    return message;
  }, script);
}

/** With another letter in front of the question's name. */
export function wrongName(script: Script): Action {
  return altered((message) => {
    const first = String.fromCharCode(message.readUInt8(13)).toLowerCase();
    message.write(first === 'a' ? 'b' : 'a', 13);
    return message;
  }, script);
}

/** With MX for the question's type. */
export function wrongType(script: Script): Action {
  return altered((message) => {
    message.writeUInt16BE(15, questionEnd(message) - 4);
    return message;
  }, script);
}

/** With QR cleared, which makes a query of it. */
export function notAReply(script: Script): Action {
  return altered((message) => {
    message.writeUInt8(message.readUInt8(2) & 0x7f, 2);
    return message;
  }, script);
}

/** With each letter of the question's name in the other case. */
export function otherCase(script: Script): Action {
  return altered((message) => {
    const end = questionEnd(message) - 4;
    const name = message.toString('latin1', 12, end);
    message.write(
      name.replace(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) ^ 0x20)),
      12,
      'latin1',
    );
    return message;
  }, script);
}

/** Over UDP without records and with TC set, over TCP whole. */
export function truncated(script: Script): Action {
  return altered((message, query) => (query.transport === 'udp' ? truncate(message) : message), script);
}

function delivered(delivery: Delivery, script: Script): Action {
  return (query, client) => {
    const send = (message: Buffer, inner?: Delivery) => client.send(message, { ...inner, ...delivery });
    perform(script, query, { ...client, send });
  };
}

/** From a UDP port that was not asked. */
export function fromOtherPort(script: Script): Action {
  return delivered({ from: 'other port' }, script);
}

/** From the UDP port that was asked, at 127.0.0.2; an error where the machine has no such address. */
export function fromOtherAddress(script: Script): Action {
  return delivered({ from: 'other address' }, script);
}

/** Over TCP or TLS in writes of so many octets, the length prefix included. */
export function inPieces(script: Script, pieceSize = 1): Action {
  return delivered({ pieceSize }, script);
}

/** Over a connection that is closed behind the message; over HTTP/2 that is a GOAWAY. */
export function thenClose(script: Script): Action {
  return delivered({ close: 'after' }, script);
}

/** Over a connection that is closed in the middle of the message. */
export function cutShort(script: Script): Action {
  return delivered({ close: 'within' }, script);
}

/** Over a connection that is reset in the middle of the message. */
export function brokenOff(script: Script): Action {
  return delivered({ close: 'reset within' }, script);
}

/** Over HTTPS with another status than 200. */
export function withStatus(status: number, script: Script): Action {
  return delivered({ status }, script);
}

/** Over HTTPS with another content type than that of a DNS message. */
export function withType(type: string, script: Script): Action {
  return delivered({ type }, script);
}

/** Each message twice. */
export function twice(script: Script): Action {
  return (query, client) => {
    const send = (message: Buffer, delivery?: Delivery) => {
      client.send(message, delivery);
      client.send(message, delivery);
    };
    perform(script, query, { ...client, send });
  };
}
