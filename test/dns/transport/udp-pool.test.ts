import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outcome, Query } from '../../../src/dns/transport/transport.js';
import { createUdpPool } from '../../../src/dns/transport/udp-pool.js';
import * as act from '../../helpers/name-server.js';
import { one, serve } from '../../helpers/resolving.js';

interface TestQuery extends Query {
  readonly settle: (outcome: Outcome) => void;
}

/** Opens transports to servers that share their sockets; they are closed when the test ends. */
function openAll(addresses: readonly string[]) {
  const open = createUdpPool();
  return addresses.map((text) => {
    const [address = '', port = ''] = text.split(':');
    const endpoint = { url: `udp://${text}`, address, port: Number(port) };
    const transport = open<TestQuery>(endpoint, 1000, ({ settle }, outcome) => settle(outcome));
    onTestFinished(transport.close);
    const ask = (name = 'x.dev') =>
      new Promise<Outcome>((settle) =>
        transport.ask({ question: { name, type: 'A' }, id: 0, reliable: false, settle }),
      );
    return { ask, transport };
  });
}

const addressIn = (outcome: Outcome) => ('reply' in outcome ? outcome.reply.addresses : outcome.failure);

describe('transports over UDP that share their sockets', () => {
  it('get the replies of their own servers', async () => {
    const servers = await Promise.all([1, 2, 3].map((last) => serve(() => act.answer(`192.0.2.${last}`))));
    const transports = openAll(servers.map(({ address }) => address));
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => transports[index % 3]?.ask(`x${index}.dev`)),
    );
    expect(outcomes.map((outcome) => outcome && addressIn(outcome))).toEqual(
      Array.from({ length: 60 }, (_, index) => [`192.0.2.${(index % 3) + 1}`]),
    );
  });

  it('get the replies to their own queries, even if all of them ask the same server', async () => {
    const server = await serve(({ name }) => act.answer(`192.0.2.${name.slice(1, -4)}`));
    const transports = openAll(Array.from({ length: 40 }, () => server.address));
    const outcomes = await Promise.all(transports.map(({ ask }, index) => ask(`x${index}.dev`)));
    expect(outcomes.map(addressIn)).toEqual(Array.from({ length: 40 }, (_, index) => [`192.0.2.${index}`]));
    transports[0]?.transport.close();
    expect(addressIn((await transports[1]?.ask('x7.dev')) ?? { failure: '', server: '' })).toEqual([
      '192.0.2.7',
    ]);
  });

  it('use few sockets, however many servers there are', async () => {
    const ports = new Set<number>();
    const socket = createSocket('udp4');
    onTestFinished(() => void socket.close());
    socket.bind(0, '0.0.0.0');
    await once(socket, 'listening');
    socket.on('message', (_message, { port }) => ports.add(port));
    const { port } = socket.address();
    const transports = openAll(Array.from({ length: 100 }, (_, index) => `127.0.1.${index + 1}:${port}`));
    const asked = new Set<string>();
    socket.on('message', (message) => asked.add(message.toString('latin1')));
    for (const [index, { ask }] of transports.entries()) void ask(`x${index}.dev`);
    await expect.poll(() => asked.size).toBe(100);
    expect(ports.size).toBe(16);
  });

  it.each([
    ['from another port', act.fromOtherPort],
    ['from another address', act.fromOtherAddress],
    ['with another id', act.wrongId],
  ])('ignore a message %s, and take the true reply after it', async (_what, alter) => {
    const server = await serve(() => [alter(act.answer('192.0.2.66')), one]);
    const [transport] = openAll([server.address]);
    const outcome = await transport?.ask();
    expect(outcome && addressIn(outcome)).toEqual(['192.0.2.1']);
  });

  it('ask again over TCP if a reply was truncated', async () => {
    const server = await serve(() => act.byTransport({ udp: act.truncated(one), tcp: one }));
    const [transport] = openAll([server.address]);
    const outcome = await transport?.ask();
    expect(outcome).toMatchObject({ server: `tcp://${server.address}` });
  });

  it('report nothing about a query that has been forgotten, or after they have been closed', async () => {
    const { hold, release } = act.gate();
    const server = await serve(() => hold(one));
    const [first, second] = openAll([server.address, '127.0.0.1:9']);
    const outcomes: Outcome[] = [];
    const query = {
      question: { name: 'x.dev', type: 'A' },
      id: 0,
      reliable: false,
      settle: (outcome: Outcome) => void outcomes.push(outcome),
    } as const;
    first?.transport.ask(query);
    await server.received(1);
    first?.transport.forget(query);
    release();
    expect(await first?.ask('y.dev')).toBeDefined();
    second?.transport.close();
    first?.transport.close();
    expect(outcomes).toEqual([]);
  });
});
