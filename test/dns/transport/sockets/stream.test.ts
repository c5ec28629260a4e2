import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ByteStreamEvents, systemSockets } from '../../../../src/dns/transport/sockets.js';
import { listenRaw } from '../../../helpers/raw-server.js';
import { nobody } from '../../../helpers/serve.js';

describe('a byte stream', () => {
  const open = ({ address }: { readonly address: string }) => {
    const events = { data: vi.fn<ByteStreamEvents['data']>(), closed: vi.fn<ByteStreamEvents['closed']>() };
    const stream = systemSockets.connectStream('127.0.0.1', Number(address.split(':')[1]), events);
    onTestFinished(() => stream.destroy());
    return { ...events, stream };
  };
  /** Connects to a server, which does something with the connection. */
  const connect = async (accept: (socket: Socket) => void) => open(await listenRaw(accept));

  it('carries octets in both directions', async () => {
    const { stream, data } = await connect((socket) => void socket.pipe(socket));
    stream.write(Buffer.from('ping'));
    await vi.waitFor(() => expect(data).toHaveBeenCalled());
    expect(String(data.mock.calls[0]?.[0])).toBe('ping');
  });

  it('is closed without an error if the peer ends it', async () => {
    const { closed } = await connect((socket) => void socket.end());
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(closed.mock.calls[0]).toEqual([undefined, true]);
  });

  it('is closed if the peer ends it and reads no more', async () => {
    const { stream, closed } = await connect((socket) => void socket.pause().end());
    stream.write(Buffer.alloc(50_000_000));
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
  });

  it('is closed with an error if the peer resets it', async () => {
    const { stream, closed } = await connect((socket) => socket.once('data', () => socket.resetAndDestroy()));
    stream.write(Buffer.from('ping'));
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(closed.mock.calls[0]).toMatchObject([{ code: 'ECONNRESET' }, true]);
  });

  it('is closed, and was never established, if nothing is listening', async () => {
    const { closed } = open(await nobody());
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(closed.mock.calls[0]).toMatchObject([{ code: 'ECONNREFUSED' }, false]);
  });

  it('is closed when it is destroyed', async () => {
    const ended = vi.fn();
    const { stream, data, closed } = await connect((socket) => void socket.on('close', ended).pipe(socket));
    stream.write(Buffer.from('ping'));
    await vi.waitFor(() => expect(data).toHaveBeenCalled());
    stream.destroy();
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
  });
});
