import { describe, expect, it, vi } from 'vitest';
import { openUdp } from '../../../src/dns/transport/udp.js';
import { manyNames, one, patient, serve, serverAt } from '../../helpers/resolving.js';
import { askEach, openWithCallbacks } from './connecting.js';

/** The errors that the next sockets meet when they are bound, as if there were no descriptor left for them. */
const errors = vi.hoisted((): (string | undefined)[] => []);

vi.mock(import('node:dgram'), async (original) => {
  const dgram = await original();
  const createSocket = (options: Parameters<typeof dgram.createSocket>[0]) => {
    const socket = dgram.createSocket(options);
    const code = errors.shift();
    // Node binds a socket before it connects it; if it cannot, it does not call the callback.
    if (code !== undefined) {
      socket.connect = () => void socket.emit('error', Object.assign(new Error(`bind ${code}`), { code }));
    }
    return socket;
  };
  return { ...dgram, createSocket: createSocket as typeof dgram.createSocket };
});

/** The number of consecutive queries that share a socket, and the names for all four sockets. */
const inARow = 16;
const names = manyNames(4 * inARow);

async function start(...codes: (string | undefined)[]) {
  const server = await serve(() => one);
  errors.splice(0, errors.length, ...codes);
  const transport = openWithCallbacks((settled) => openUdp(serverAt(server), patient.timeout, settled));
  return { url: `udp://${server.address}`, server, transport };
}

describe('a transport over UDP', () => {
  it.each([
    ['EMFILE', 'too many open files to reach'],
    ['ENFILE', 'too many open files to reach'],
    ['ENOBUFS', 'not enough memory to reach'],
    ['ENETUNREACH', 'cannot reach'],
  ])(
    'that cannot open its socket because of %s fails its query, and opens another one later',
    async (code, failure) => {
      const { url, transport } = await start(code);
      expect(await askEach(transport, ['x.dev'])).toEqual([`${failure} ${url}`]);
      expect(await askEach(transport, names)).toEqual(names.map(() => '192.0.2.1'));
    },
  );

  it('that cannot open more sockets uses those that it has', async () => {
    const { server, transport } = await start(undefined, 'EMFILE', 'EMFILE', 'EMFILE');
    for (let index = 0; index < names.length; index += inARow) {
      const row = names.slice(index, index + inARow);
      expect(await askEach(transport, row)).toEqual(row.map(() => '192.0.2.1'));
    }
    expect(new Set(server.queries.map(({ port }) => port)).size).toBe(1);
  });

  it('that could not open more sockets opens them later', async () => {
    const { server, transport } = await start(undefined, 'EMFILE');
    for (const name of [...names, ...names]) await askEach(transport, [name]);
    expect(new Set(server.queries.map(({ port }) => port)).size).toBe(4);
  });
});
