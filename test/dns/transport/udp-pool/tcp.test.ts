import { describe, expect, it } from 'vitest';
import { createUdpPool } from '../../../../src/dns/transport/udp-pool.js';
import { systemError } from '../../../helpers/fake-sockets.js';
import { createContext, queryFor } from '../played.js';

function start() {
  const context = createContext();
  const { clock, sockets } = context.platform;
  const open = createUdpPool(context.platform);
  return {
    said: context.said,
    sockets,
    /** Opens the transport to the server with a number. */
    openAt: (server: number) =>
      open({ url: `udp://192.0.2.${server}:53`, address: `192.0.2.${server}`, port: 53 }, context),
    /** Lets the queries take their turns, and then ends the turn. */
    async endTurn() {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      clock.endTurn();
    },
  };
}

describe('connections of transports over UDP that share their sockets', () => {
  it('are at most 32 at once', async () => {
    const { sockets, openAt, endTurn, said } = start();
    const transports = Array.from({ length: 40 }, (_, server) => openAt(server));
    for (const transport of transports) transport.ask(queryFor('x.dev', true));
    await endTurn();
    expect(sockets.streams).toHaveLength(32);
    sockets.streams[0]?.events.closed(systemError('ECONNREFUSED'), false);
    await endTurn();
    expect(said()).toEqual(['x.dev: nothing is listening at tcp://192.0.2.0:53']);
    expect(sockets.streams).toHaveLength(33);
  });

  it('are not used on if they fall silent', async () => {
    const { sockets, openAt, endTurn } = start();
    const transport = openAt(1);
    for (const name of ['x1.dev', 'x2.dev']) {
      const query = queryFor(name, true);
      transport.ask(query);
      await endTurn();
      transport.suspect(query, 0);
    }
    expect(sockets.streams).toHaveLength(2);
  });

  it('are closed with their transport', async () => {
    const { sockets, openAt, endTurn } = start();
    const transport = openAt(1);
    const query = queryFor('x.dev', true);
    transport.ask(query);
    await endTurn();
    transport.close();
    expect(sockets.streams.map(({ isDestroyed }) => isDestroyed)).toEqual([true]);
  });

  it('are closed when their query is forgotten', async () => {
    const { sockets, openAt, endTurn } = start();
    const transport = openAt(1);
    const query = queryFor('x.dev', true);
    transport.ask(query);
    await endTurn();
    transport.forget(query);
    await endTurn();
    expect(sockets.streams.map(({ isDestroyed }) => isDestroyed)).toEqual([true]);
  });
});
