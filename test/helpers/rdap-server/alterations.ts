import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Action, Client, Reply } from './action.js';

type Send = (reply: Reply & { readonly body: Buffer }, client: Client) => void;

function altered(action: Action, send: Send): Action {
  return (request, client) => {
    const sendAltered = (reply: Reply) => send({ ...reply, body: Buffer.from(reply.body ?? '') }, client);
    action(request, { ...client, send: sendAltered });
  };
}

function halfOf(action: Action, rest: () => Promise<void>): Action {
  return altered(action, ({ status, headers, body }, client) => {
    async function* chunks() {
      yield body.subarray(0, body.length >> 1);
      await rest();
    }
    client.stream({ status, headers: { ...headers, 'content-length': `${body.length}` } }, chunks());
  });
}

/** Sends half of the body, then closes the connection. */
export function brokenOff(action: Action): Action {
  return halfOf(action, () => Promise.reject(new Error('Broken off by the test')));
}

/** Sends half of the body, and then nothing, on an open connection. */
export function stalled(action: Action): Action {
  return halfOf(action, () => new Promise(() => {}));
}

/** Sends the body in pieces of this many octets, with this many milliseconds between them. */
export function trickled(action: Action, octets = 1, milliseconds = 0): Action {
  return altered(action, ({ status, headers, body }, client) => {
    async function* chunks() {
      for (let start = 0; start < body.length; start += octets) {
        yield body.subarray(start, start + octets);
        await wait(milliseconds, undefined, { ref: false });
      }
    }
    client.stream({ status, ...(headers && { headers }) }, chunks());
  });
}

/** Compresses the body, whether or not the client accepts that. */
export function gzipped(action: Action): Action {
  return altered(action, (reply, client) => {
    const headers = { ...reply.headers, 'content-encoding': 'gzip' };
    client.send({ ...reply, headers, body: gzipSync(reply.body) });
  });
}

async function* endlessObject(name: string) {
  yield Buffer.from(`{"objectClassName":"domain","ldhName":"${name}","lang":"`);
  for (const letters = Buffer.alloc(64 * 1024, 'a'); ; ) yield letters;
}

/** 200 and a domain object that never ends. */
export const endless: Action = ({ name }, client) => {
  client.stream({ status: 200, headers: { 'content-type': 'application/rdap+json' } }, endlessObject(name));
};
