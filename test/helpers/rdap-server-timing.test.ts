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

/** Asks for what is refused at once, again and again, and so sees whether a request before is still under way. */
async function expectOneUnderWay(server: rdap.RdapServer) {
  for (const _time of Array(20).keys()) await ask(server.url, { ca: authority.cert, method: 'POST' });
  expect(server.requests.at(-1)?.underWay).toBe(2);
}

const digits = rdap.content('0123456789');

describe.each(['http', 'https'])('over %s, a response', (scheme) => {
  it('may never come', async () => {
    const { server, openLookUp } = await start(rdap.silent, scheme);
    const controller = new AbortController();
    const response = openLookUp(controller.signal);
    await server.received(1);
    controller.abort();
    await expect(response).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await server.idle();
  });

  it('may be a connection reset', async () => {
    const { lookUp } = await start(rdap.reset, scheme);
    await expect(lookUp()).rejects.toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
  });

  it('may be broken off in the middle of its body', async () => {
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

  it('may stop in the middle of its body, the connection open', async () => {
    const { server, openLookUp } = await start(rdap.stalled(digits), scheme);
    const message = await openLookUp();
    const [half] = await once(message, 'data');
    expect(String(half)).toBe('01234');
    await expectOneUnderWay(server);
    message.destroy();
    await server.idle();
  });

  it('may have no end, until the client has enough', async () => {
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

it('may send its body in pieces', async () => {
  const { openLookUp } = await start(rdap.trickled(digits, 4));
  const message = await openLookUp();
  const pieces: string[] = [];
  message.on('data', (piece: Buffer) => void pieces.push(piece.toString()));
  await once(message, 'end');
  expect(pieces).toEqual(['0123', '4567', '89']);
});

it('may wait between the pieces', async () => {
  const { server, openLookUp } = await start(rdap.trickled(digits, 4, 60_000));
  const message = await openLookUp();
  const [first] = await once(message, 'data');
  expect(String(first)).toBe('0123');
  await expectOneUnderWay(server);
  message.destroy();
  await server.idle();
});

it('may compress its body', async () => {
  const { lookUp } = await start(rdap.gzipped(digits));
  const { headers, body } = await lookUp();
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': `${body.length}` });
  expect(gunzipSync(body).toString()).toBe('0123456789');
});

it('takes actions in turn for each path', async () => {
  const { statuses } = await start(rdap.inTurn(rdap.limited(), rdap.unavailable(), rdap.found()));
  expect(await statuses('x.dev', 'y.dev', 'x.dev', 'x.dev', 'x.dev')).toEqual([429, 429, 503, 200, 200]);
});

it('refuses all but the first requests, and takes as many more as it has refused', async () => {
  const { statuses } = await start(rdap.rateLimit({ burst: 2 }, rdap.found()));
  const names = ['a.dev', 'b.dev', 'c.dev', 'c.dev', 'd.dev', 'd.dev'];
  expect(await statuses(...names)).toEqual([200, 200, 429, 200, 429, 200]);
});

it('may take more or fewer requests for each refusal, and refuse in another way', async () => {
  const refusal = rdap.unavailable();
  const eager = await start(rdap.rateLimit({ burst: 0, regain: 2, refusal }, rdap.found()));
  expect(await eager.statuses('a', 'a', 'a', 'a', 'a', 'a')).toEqual([503, 200, 200, 503, 200, 200]);
  const slow = await start(rdap.rateLimit({ burst: 1, regain: 0.5 }, rdap.found()));
  expect(await slow.statuses('a', 'a', 'a', 'a', 'a')).toEqual([200, 429, 429, 200, 429]);
});

it('holds responses at a gate, for one name or all, and counts how many requests are under way', async () => {
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
  expect(server.requests.map(({ underWay }) => underWay)).toEqual([1, 2, 3, 1]);
  expect(server.peak).toBe(3);
});

it('refuses what is too much at once', async () => {
  const gate = rdap.gate();
  const { server, lookUp } = await start(rdap.atMostAtOnce(1, gate.hold(rdap.found())));
  const first = lookUp('x.dev');
  await server.received(1);
  expect((await lookUp('y.dev')).status).toBe(429);
  gate.release();
  expect((await first).status).toBe(200);
  expect((await lookUp('y.dev')).status).toBe(200);
});

it('sends nothing of what it still holds once it is closed', async () => {
  const gate = rdap.gate();
  const { server, lookUp } = await start(gate.hold(rdap.found()));
  const response = expect(lookUp()).rejects.toMatchObject({ code: 'ECONNRESET' });
  await server.received(1);
  await server.close();
  await response;
  expect(gate.release).not.toThrow();
});
