import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type ConnectedDatagramEvents,
  type DatagramEvents,
  systemSockets,
} from '../../../src/dns/transport/sockets.js';
import { loopback } from '../../helpers/loopback.js';
import { nobody } from '../../helpers/serve.js';

/** Opens a socket, bound to a loopback address, that is closed when the test ends. */
async function peer(host = '127.0.0.1'): Promise<Socket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind(0, host);
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return socket;
}

const nextMessage = async (socket: Socket): Promise<{ text: string; port: number }> => {
  const [message, { port }] = await once(socket, 'message');
  return { text: String(message), port };
};

const text = (octets: Uint8Array) => Buffer.from(octets).toString();
const ignore = () => {};

describe('a connected datagram socket', () => {
  const connect = (address: string, port: number) => {
    const events = {
      message: vi.fn<ConnectedDatagramEvents['message']>(),
      failed: vi.fn<ConnectedDatagramEvents['failed']>(),
    };
    const socket = systemSockets.connectDatagram(address, port, events);
    onTestFinished(() => socket.close());
    return { ...events, socket };
  };

  it.each(['127.0.0.1', '::1'])('exchanges datagrams with its peer at %s', async (host) => {
    const server = await peer(host);
    const { socket, message } = connect(host, server.address().port);
    socket.send(Buffer.from('ping'), ignore);
    const { text: received, port } = await nextMessage(server);
    expect(received).toBe('ping');
    server.send('pong', port, host);
    await vi.waitFor(() => expect(message).toHaveBeenCalledOnce());
    expect(text(message.mock.calls[0]?.[0] ?? Buffer.of())).toBe('pong');
  });

  it('can have a peer whose address has a zone', async () => {
    const server = await peer('::1');
    connect(`::1%${loopback}`, server.address().port).socket.send(Buffer.from('ping'), ignore);
    expect((await nextMessage(server)).text).toBe('ping');
  });

  it('sends in order, although it is not connected at first', async () => {
    const server = await peer();
    const { socket } = connect('127.0.0.1', server.address().port);
    const received: string[] = [];
    server.on('message', (message) => received.push(String(message)));
    socket.send(Buffer.from('1'), ignore);
    socket.send(Buffer.from('2'), ignore);
    await expect.poll(() => received, { interval: 1 }).toEqual(['1', '2']);
    socket.send(Buffer.from('3'), ignore);
    await expect.poll(() => received, { interval: 1 }).toEqual(['1', '2', '3']);
  });

  it.each([
    ['another port', '127.0.0.1'],
    ['another address', '127.0.0.2'],
  ])('receives nothing from %s', async (_what, host) => {
    const [server, stranger] = await Promise.all([peer(), peer(host)]);
    const { socket, message } = connect('127.0.0.1', server.address().port);
    socket.send(Buffer.from('ping'), ignore);
    const { port } = await nextMessage(server);
    stranger.send('forged', port, '127.0.0.1');
    server.send('pong', port, '127.0.0.1');
    await vi.waitFor(() => expect(message).toHaveBeenCalled());
    expect(message.mock.calls.map(([octets]) => text(octets))).toEqual(['pong']);
  });

  it('fails, but could be used before, if nothing is listening', async () => {
    const { address } = await nobody();
    const { socket, failed } = connect('127.0.0.1', Number(address.split(':')[1]));
    const sendFailed = vi.fn();
    socket.send(Buffer.from('ping'), sendFailed);
    await vi.waitFor(() => expect(failed).toHaveBeenCalled());
    expect(failed.mock.calls[0]).toMatchObject([{ code: 'ECONNREFUSED' }, true]);
    expect(sendFailed).not.toHaveBeenCalled();
  });

  it('fails to send what the system does not permit', async () => {
    // The loopback network's broadcast address, to which an ordinary socket must not send.
    const { failed } = connect('127.255.255.255', 53);
    await vi.waitFor(() => expect(failed).toHaveBeenCalled());
    expect(failed.mock.calls[0]).toMatchObject([{ code: 'EACCES' }, false]);
  });

  it('fails to send a datagram that is too long', async () => {
    const server = await peer();
    const { socket, failed } = connect('127.0.0.1', server.address().port);
    const sendFailed = vi.fn();
    socket.send(Buffer.alloc(70_000), sendFailed);
    await vi.waitFor(() => expect(sendFailed).toHaveBeenCalled());
    expect(sendFailed.mock.calls[0]).toMatchObject([{ code: 'EMSGSIZE' }]);
    expect(failed).not.toHaveBeenCalled();
  });
});

describe('a datagram socket', () => {
  const open = (family: 'udp4' | 'udp6') => {
    const events = {
      message: vi.fn<DatagramEvents['message']>(),
      failed: vi.fn<DatagramEvents['failed']>(),
    };
    const socket = systemSockets.openDatagram(family, events);
    onTestFinished(() => socket.close());
    return { ...events, socket };
  };

  it.each([
    ['udp4', '127.0.0.1'],
    ['udp6', '::1'],
  ] as const)('of the family %s exchanges datagrams with any peers', async (family, host) => {
    const servers = await Promise.all([peer(host), peer(host)]);
    const { socket, message } = open(family);
    const ports = servers.map((server) => server.address().port);
    for (const [index, server] of servers.entries()) {
      socket.send(Buffer.from('ping'), ports[index] ?? 0, host, ignore);
      const { port } = await nextMessage(server);
      server.send('pong', port, host);
    }
    await vi.waitFor(() => expect(message).toHaveBeenCalledTimes(2));
    const received = message.mock.calls.map(([octets, ...from]) => [text(octets), ...from]);
    expect(received).toEqual(ports.map((port) => ['pong', host, port]));
  });

  it('fails to send what the system does not permit', async () => {
    const { socket, failed } = open('udp4');
    const sendFailed = vi.fn();
    socket.send(Buffer.from('ping'), 53, '127.255.255.255', sendFailed);
    await vi.waitFor(() => expect(sendFailed).toHaveBeenCalled());
    expect(sendFailed.mock.calls[0]).toMatchObject([{ code: 'EACCES' }]);
    expect(failed).not.toHaveBeenCalled();
  });
});
