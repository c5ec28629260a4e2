import type {
  ByteStreamEvents,
  ConnectedDatagramEvents,
  DatagramEvents,
  Family,
  Sockets,
} from '../../src/dns/transport/sockets.js';

/** A datagram that has been sent, and how to say that sending it failed. */
export interface SentDatagram {
  readonly message: Uint8Array;
  readonly failed: (error: Error) => void;
}

/** A connected datagram socket, with the means to let something happen on it. */
export interface FakeConnectedSocket {
  readonly address: string;
  readonly port: number;
  readonly sent: readonly SentDatagram[];
  readonly events: ConnectedDatagramEvents;
  readonly isClosed: boolean;
}

/** A datagram socket with any number of peers. */
export interface FakeSharedSocket {
  readonly family: Family;
  readonly sent: readonly (SentDatagram & { readonly address: string; readonly port: number })[];
  readonly events: DatagramEvents;
  readonly isClosed: boolean;
}

/** A byte stream. */
export interface FakeStream {
  readonly address: string;
  readonly port: number;
  readonly written: readonly Uint8Array[];
  readonly events: ByteStreamEvents;
  readonly isDestroyed: boolean;
}

/** Sockets that lead nowhere: the test says what comes from them. */
export interface FakeSockets extends Sockets {
  /** All sockets that have been opened, in order. */
  readonly connected: readonly FakeConnectedSocket[];
  readonly shared: readonly FakeSharedSocket[];
  readonly streams: readonly FakeStream[];
}

/** Creates sockets, none of them open. */
export function createFakeSockets(): FakeSockets {
  const connected: FakeConnectedSocket[] = [];
  const shared: FakeSharedSocket[] = [];
  const streams: FakeStream[] = [];
  return {
    connected,
    shared,
    streams,
    connectDatagram(address, port, events) {
      const sent: SentDatagram[] = [];
      const socket = { address, port, sent, events, isClosed: false };
      connected.push(socket);
      return {
        send: (message, failed) => void sent.push({ message, failed }),
        close() {
          socket.isClosed = true;
        },
      };
    },
    openDatagram(family, events) {
      const sent: FakeSharedSocket['sent'][number][] = [];
      const socket = { family, sent, events, isClosed: false };
      shared.push(socket);
      return {
        send: (message, port, address, failed) => void sent.push({ message, port, address, failed }),
        close() {
          socket.isClosed = true;
        },
      };
    },
    connectStream(address, port, events) {
      const written: Uint8Array[] = [];
      const stream = { address, port, written, events, isDestroyed: false };
      streams.push(stream);
      return {
        write: (octets) => void written.push(octets),
        destroy() {
          stream.isDestroyed = true;
        },
      };
    },
  };
}

/** An error of the system, such as `ECONNREFUSED`. */
export const systemError = (code: string): Error => Object.assign(new Error(code), { code });
