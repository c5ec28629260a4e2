import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { systemSockets } from '../../../src/dns/transport/sockets.js';

/** A socket of `node:dgram` with which everything goes wrong that a test wants. */
class FakeSocket extends EventEmitter {
  readonly setRecvBufferSize = vi.fn<(size: number) => void>();
  readonly connect = vi.fn<(port: number, address: string, callback: (error?: Error) => void) => void>();
  readonly close = vi.fn();
  /** What is to be called when each datagram has been sent. */
  readonly sent: ((error: Error | null) => void)[] = [];
  send(_message: Uint8Array, ...others: readonly unknown[]): void {
    const callback = others.at(-1);
    if (typeof callback === 'function') this.sent.push((error) => void callback(error));
  }
}

const created = vi.hoisted((): { sockets: unknown[] } => ({ sockets: [] }));
vi.mock('node:dgram', () => ({ createSocket: () => created.sockets.shift() }));

const error = Object.assign(new Error('bind'), { code: 'EMFILE' });
const message = vi.fn();
const failed = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
});

function fake() {
  const socket = new FakeSocket();
  created.sockets.push(socket);
  return socket;
}

const connect = () => systemSockets.connectDatagram('192.0.2.1', 53, { message, failed });

describe('a connected datagram socket', () => {
  it('has a receive buffer of 4 MiB once it is connected', () => {
    const { connect: connecting, setRecvBufferSize } = fake();
    connect();
    expect(setRecvBufferSize).not.toHaveBeenCalled();
    connecting.mock.calls[0]?.[2]();
    expect(setRecvBufferSize.mock.calls).toEqual([[4 * 1024 * 1024]]);
  });

  it('does with a smaller receive buffer if the system refuses', () => {
    const { connect: connecting, setRecvBufferSize, sent } = fake();
    setRecvBufferSize.mockImplementation(() => {
      throw new Error('ENOBUFS');
    });
    connect().send(Buffer.of(1), () => {});
    connecting.mock.calls[0]?.[2]();
    expect(sent).toHaveLength(1);
    expect(failed).not.toHaveBeenCalled();
  });

  it('that cannot be bound has failed, and could not be used before', () => {
    const socket = fake();
    connect();
    // Node then does not call the callback of `connect`.
    socket.emit('error', error);
    expect(failed.mock.calls).toEqual([[error, false]]);
  });

  it('that cannot be connected has failed, and could not be used before', () => {
    const { connect: connecting } = fake();
    connect();
    connecting.mock.calls[0]?.[2](error);
    expect(failed.mock.calls).toEqual([[error, false]]);
  });

  it('that cannot be connected at once fails only after it has been returned', async () => {
    const { connect: connecting } = fake();
    connecting.mockImplementation(() => {
      throw error;
    });
    connect();
    expect(failed).not.toHaveBeenCalled();
    await new Promise((resolve) => void setImmediate(resolve));
    expect(failed.mock.calls).toEqual([[error, false]]);
  });

  it('reports no error of sending after it has been closed, be it twice', () => {
    const socket = fake();
    const sendFailed = vi.fn();
    const { send, close } = connect();
    socket.connect.mock.calls[0]?.[2]();
    send(Buffer.of(1), sendFailed);
    close();
    close();
    socket.sent[0]?.(error);
    expect(sendFailed).not.toHaveBeenCalled();
    expect(socket.close).toHaveBeenCalledOnce();
  });

  it('that is closed before it is connected sends nothing and reports nothing', () => {
    const socket = fake();
    const { send, close } = connect();
    send(Buffer.of(1), () => {});
    close();
    socket.connect.mock.calls[0]?.[2]();
    socket.emit('error', error);
    expect(socket.sent).toEqual([]);
    expect(failed).not.toHaveBeenCalled();
  });
});

describe('a datagram socket', () => {
  it('has a receive buffer of 4 MiB once it is bound', () => {
    const socket = fake();
    systemSockets.openDatagram('udp4', { message, failed });
    socket.emit('listening');
    expect(socket.setRecvBufferSize.mock.calls).toEqual([[4 * 1024 * 1024]]);
  });

  it('reports its errors until it is closed, be it twice', () => {
    const socket = fake();
    const { close } = systemSockets.openDatagram('udp4', { message, failed });
    socket.emit('error', error);
    close();
    close();
    socket.emit('error', error);
    expect(failed.mock.calls).toEqual([[error]]);
    expect(socket.close).toHaveBeenCalledOnce();
  });

  it('reports no error of sending after it has been closed', () => {
    const socket = fake();
    const sendFailed = vi.fn();
    const { send, close } = systemSockets.openDatagram('udp4', { message, failed });
    send(Buffer.of(1), 53, '192.0.2.1', sendFailed);
    close();
    socket.sent[0]?.(error);
    expect(sendFailed).not.toHaveBeenCalled();
  });
});
