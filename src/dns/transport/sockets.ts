import { createSocket, type Socket, type SocketOptions } from 'node:dgram';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { isIPv6 } from '../../util/ip-address.js';

/** A family of addresses, as Node names it. */
export type Family = 'udp4' | 'udp6';

/** A socket that exchanges datagrams with one peer. */
export interface ConnectedDatagramSocket {
  /** Sends a datagram. Before the socket is connected, datagrams wait. */
  send(message: Uint8Array, failed: (error: Error) => void): void;
  close(): void;
}

/**
 * The events of a connected datagram socket. None is reported before the socket has been returned, or after `close`.
 */
export interface ConnectedDatagramEvents {
  readonly message: (message: Uint8Array) => void;
  /** @param wasConnected whether the socket could be used before. */
  readonly failed: (error: Error, wasConnected: boolean) => void;
}

/** A socket that exchanges datagrams with any number of peers. */
export interface DatagramSocket {
  send(message: Uint8Array, port: number, address: string, failed: (error: Error) => void): void;
  close(): void;
}

/** The events of a datagram socket. */
export interface DatagramEvents {
  readonly message: (message: Uint8Array, address: string, port: number) => void;
  /** The socket cannot be used any longer. */
  readonly failed: (error: Error) => void;
}

/** A byte stream to one peer. */
export interface ByteStream {
  /** Writes octets. Before the stream is established, they wait. */
  write(octets: Uint8Array): void;
  /** Closes the stream at once. No event follows, other than `closed`. */
  destroy(): void;
}

/** The events of a byte stream. None is reported before the stream has been returned. */
export interface ByteStreamEvents {
  readonly data: (octets: Buffer) => void;
  /**
   * The stream has ended, or could not be established.
   *
   * @param error why; undefined if the peer closed it.
   */
  readonly closed: (error: Error | undefined, wasEstablished: boolean) => void;
}

/** Opens sockets. */
export interface Sockets {
  connectDatagram(address: string, port: number, events: ConnectedDatagramEvents): ConnectedDatagramSocket;
  openDatagram(family: Family, events: DatagramEvents): DatagramSocket;
  connectStream(address: string, port: number, events: ByteStreamEvents): ByteStream;
}

/**
 * Octets of the receive buffer; the system may grant less. If it is small, replies that arrive while the process is
 * busy are lost.
 */
const receiveBufferSize = 4 * 1024 * 1024;

/** Enlarges the receive buffer of a socket. The system may refuse: it has a limit of its own. */
function enlargeReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBufferSize);
  } catch {
    // The default size is enough.
  }
}

/** Returns the address itself. It needs no look-up, and without one the socket is ready sooner. */
const noLookup: SocketOptions['lookup'] = (address, _options, callback) =>
  callback(null, address, isIPv6(address) ? 6 : 4);

function connectDatagram(
  address: string,
  port: number,
  { message, failed }: ConnectedDatagramEvents,
): ConnectedDatagramSocket {
  const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', lookup: noLookup });
  const unsent: (() => void)[] = [];
  let state: 'connecting' | 'connected' | 'closed' = 'connecting';

  const fail = (error: Error) => {
    if (state !== 'closed') failed(error, state === 'connected');
  };
  const send = (datagram: Uint8Array, sendFailed: (error: Error) => void) =>
    socket.send(datagram, (error) => {
      if (error !== null && state !== 'closed') sendFailed(error);
    });
  // A Uint8Array, as over TCP: if the decoder were also given Buffers, V8 would have to optimize it again for both.
  socket.on('message', ({ buffer, byteOffset, length }) =>
    message(new Uint8Array(buffer, byteOffset, length)),
  );
  socket.on('error', fail);
  const connected = () => {
    if (state === 'closed') return;
    state = 'connected';
    enlargeReceiveBuffer(socket);
    for (const sendNow of unsent.splice(0)) sendNow();
  };
  try {
    // A connected socket receives only what comes from the server's own address and port.
    socket.connect(port, address, (error?: Error) => (error ? fail(error) : connected()));
  } catch (error) {
    setImmediate(fail, error instanceof Error ? error : new Error('no socket'));
  }

  return {
    send(datagram, sendFailed) {
      if (state === 'connected') send(datagram, sendFailed);
      else unsent.push(() => send(datagram, sendFailed));
    },
    close() {
      if (state !== 'closed') socket.close();
      state = 'closed';
    },
  };
}

function openDatagram(type: Family, { message, failed }: DatagramEvents): DatagramSocket {
  const socket = createSocket({ type, lookup: noLookup });
  let isClosed = false;
  socket.on('listening', () => enlargeReceiveBuffer(socket));
  socket.on('message', ({ buffer, byteOffset, length }, { address, port }) =>
    message(new Uint8Array(buffer, byteOffset, length), address, port),
  );
  socket.on('error', (error) => {
    if (!isClosed) failed(error);
  });
  return {
    send: (datagram, port, address, sendFailed) =>
      socket.send(datagram, port, address, (error) => {
        if (error !== null && !isClosed) sendFailed(error);
      }),
    close() {
      if (!isClosed) socket.close();
      isClosed = true;
    },
  };
}

/**
 * Wraps a socket of Node as a byte stream.
 *
 * @param established the event after which the socket can be used.
 */
export function toByteStream(
  socket: Duplex,
  established: 'connect' | 'secureConnect',
  { data, closed }: ByteStreamEvents,
): ByteStream {
  let isEstablished = false;
  let failure: Error | undefined;
  socket.once(established, () => {
    isEstablished = true;
  });
  socket.on('data', data);
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => closed(failure, isEstablished));
  return {
    write: (octets) => void socket.write(octets),
    destroy: () => void socket.destroy(),
  };
}

/** The sockets of the system. */
export const systemSockets: Sockets = {
  connectDatagram,
  openDatagram,
  connectStream: (host, port, events) =>
    toByteStream(connect({ host, port, noDelay: true }), 'connect', events),
};
