import { describe, expect, it } from 'vitest';
import { createOpener, type Scheme, type Server } from '../../../src/dns/transport/index.js';
import { createContext, queryFor } from './played.js';

const serverAt = (index: number, scheme: Scheme): Server => ({
  scheme,
  url: `${scheme}://192.0.2.${index}:53`,
  address: `192.0.2.${index}`,
  port: 53,
});

/** Opens the transports to servers, and asks each of them something. */
function askAll(schemes: readonly Scheme[]) {
  const context = createContext();
  const open = createOpener(context.platform);
  for (const [index, scheme] of schemes.entries())
    open(serverAt(index, scheme), context).ask(queryFor('x.dev'));
  context.platform.clock.endTurn();
  const { connected, shared, streams } = context.platform.sockets;
  return { connected: connected.length, shared: shared.length, streams: streams.length };
}

const many = (count: number, scheme: Scheme) => new Array<Scheme>(count).fill(scheme);

describe('the servers of a run', () => {
  it.each(['auto', 'udp'] as const)(
    'that are asked over UDP (%s) have own sockets up to the 16th',
    (scheme) => {
      expect(askAll(many(16, scheme))).toEqual({ connected: 16, shared: 0, streams: 0 });
    },
  );

  it('that are asked over UDP share sockets from the 17th on', () => {
    expect(askAll([...many(8, 'auto'), ...many(9, 'udp')])).toEqual({ connected: 16, shared: 1, streams: 0 });
  });

  it('that are asked over TCP have a connection each, and do not count', () => {
    expect(askAll([...many(20, 'tcp'), 'udp'])).toEqual({ connected: 1, shared: 0, streams: 20 });
  });
});
