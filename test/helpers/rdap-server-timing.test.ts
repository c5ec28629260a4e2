import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, makeAuthority } from './certificate.js';
import { ask, open } from './rdap-server/raw-client.js';
import * as rdap from './rdap-server.js';

let authority: Authority;
beforeAll(async () => {
  authority = await makeAuthority();
});
afterAll(() => authority.remove());

const opened: { close(): unknown }[] = [];
afterEach(async () => void (await Promise.all(opened.splice(0).map((each) => each.close()))));

async function start(action: rdap.Action, scheme = 'http') {
  const tls = scheme === 'https' ? await authority.issue() : undefined;
  const server = await rdap.startRdapServer(() => action, { tls });
  opened.push(server);
  const urlOf = (name = 'x.dev') => `${server.url}domain/${name}`;
  return {
    server,
    lookUp: (name?: string) => ask(urlOf(name), { ca: authority.cert }),
    openLookUp: (signal?: AbortSignal) => open(urlOf(), { ca: authority.cert, ...(signal && { signal }) }),
    statuses: async (...names: readonly string[]) => {
      const statuses: number[] = [];
      for (const name of names) statuses.push((await ask(urlOf(name), { ca: authority.cert })).status);
      return statuses;
    },
  };
}

const digits = rdap.content('0123456789');

describe.each(['http', 'https'])('an RDAP test server over %s', (scheme) => {
  it('can leave a request without a response', async () => {
    const { server, openLookUp } = await start(rdap.silent, scheme);
    const controller = new AbortController();
    const response = openLookUp(controller.signal);
    await server.received(1);
    controller.abort();
    await expect(response).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await server.idle();
  });

  it('can reset the connection', async () => {
    const { lookUp } = await start(rdap.reset, scheme);
    await expect(lookUp()).rejects.toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
  });

  it('can break off in the middle of a body', async () => {
    const { openLookUp } = await start(rdap.brokenOff(digits), scheme);
    const message = await openLookUp();
    expect(message.headers['content-length']).toBe('10');
    let body = '';
    message.setEncoding('latin1').on('data', (chunk: string) => {
      body += chunk;
    });
    await expect(once(message, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(body).toBe('01234');
  });

  it('can stop in the middle of a body and leave the connection open', async () => {
    const { server, openLookUp } = await start(rdap.stalled(digits), scheme);
    const message = await openLookUp();
    const [half] = await once(message, 'data');
    expect(String(half)).toBe('01234');
    message.destroy();
    await server.idle();
  });

  it('can send an endless body until the client leaves', async () => {
    const { server, openLookUp } = await start(rdap.endless, scheme);
    const message = await openLookUp();
    let octets = 0;
    for await (const chunk of message) {
      octets += chunk.length;
      if (octets > 2 ** 21) break;
    }
    expect(octets).toBeGreaterThan(2 ** 21);
    await server.idle();
  });
});

describe('an RDAP test server', () => {
  it('can send a body in pieces', async () => {
    const { openLookUp } = await start(rdap.trickled(digits, 4));
    const message = await openLookUp();
    const pieces: string[] = [];
    message.on('data', (piece: Buffer) => void pieces.push(piece.toString()));
    await once(message, 'end');
    expect(pieces).toEqual(['0123', '4567', '89']);
  });

  it('can pause between the pieces', async () => {
    const { server, openLookUp } = await start(rdap.trickled(digits, 4, 60_000));
    const message = await openLookUp();
    const [first] = await once(message, 'data');
    expect(String(first)).toBe('0123');
    message.destroy();
    await server.idle();
  });

  it('can compress a body', async () => {
    const { lookUp } = await start(rdap.gzipped(digits));
    const { headers, body } = await lookUp();
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': `${body.length}` });
    expect(gunzipSync(body).toString()).toBe('0123456789');
  });

  it('performs actions in turn for each path', async () => {
    const { statuses } = await start(rdap.inTurn(rdap.limited(), rdap.unavailable(), rdap.found()));
    expect(await statuses('x.dev', 'y.dev', 'x.dev', 'x.dev', 'x.dev')).toEqual([429, 429, 503, 200, 200]);
  });

  it('refuses requests above a limit, and accepts one more after each refusal', async () => {
    const { statuses } = await start(rdap.rateLimit({ burst: 2 }, rdap.found()));
    const names = ['a.dev', 'b.dev', 'c.dev', 'c.dev', 'd.dev', 'd.dev'];
    expect(await statuses(...names)).toEqual([200, 200, 429, 200, 429, 200]);
  });

  it('refuses requests above a limit in the given way', async () => {
    const { statuses } = await start(rdap.rateLimit({ burst: 0, refusal: rdap.unavailable() }, rdap.found()));
    expect(await statuses('a.dev', 'a.dev')).toEqual([503, 200]);
  });

  it('holds responses at a gate, for one name or all, and counts the requests in flight', async () => {
    const gate = rdap.gate();
    const { server, lookUp } = await start(gate.hold(rdap.found()));
    const order: string[] = [];
    const look = (name: string) => lookUp(name).then(() => void order.push(name));
    const looks = ['x.dev', 'y.dev', 'z.dev'].map(look);
    await server.received(3);
    gate.release('Z.dev');
    await looks[2];
    expect(order).toEqual(['z.dev']);
    gate.release();
    await Promise.all(looks);
    await look('late.dev');
    expect(server.peak).toBe(3);
  });

  it('sends no held response after it is closed', async () => {
    const gate = rdap.gate();
    const { server, lookUp } = await start(gate.hold(rdap.found()));
    const response = expect(lookUp()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await server.received(1);
    await server.close();
    await response;
    expect(gate.release).not.toThrow();
  });
});
