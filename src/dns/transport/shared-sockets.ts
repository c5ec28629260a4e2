import type { Platform } from './platform.js';
import type { Family } from './sockets.js';
import type { Endpoint } from './transport.js';

/** Sockets that many servers share, of one family of addresses. */
export interface SharedSockets {
  /** Returns the socket for the next query, by its place among those in use. */
  next(index: number): SharedSocket;
  close(): void;
}

/** One of the sockets. */
export interface SharedSocket {
  /** No other socket ever has it. */
  readonly number: number;
  send(message: Uint8Array, endpoint: Endpoint, failed: (error: Error) => void): void;
}

/** Receives what happens to the sockets, each given by its number. */
export interface SharedSocketEvents {
  received(socket: number, message: Uint8Array, address: string, port: number): void;
  /** The socket cannot be used any longer. */
  failed(socket: number, error: Error): void;
  /** The socket has been replaced by another one, and takes no more replies. */
  closed(socket: number): void;
}

/**
 * The number of sockets in use. Replies that come while the process is busy wait in the buffers of the sockets, which the system
 * keeps small: with 4 sockets, a fifth of 100,000 queries to 1,000 servers was lost.
 */
const socketCount = 64;
/**
 * A socket is replaced after this many queries or milliseconds: it takes messages from any sender, so a scan finds its port (RFC 5452
 * section 9.2).
 */
const maximumQueries = 1024;
const maximumAge = 10_000;
/** The most replaced sockets that are kept open for late replies. */
const maximumReplaced = 64;

/** An open socket. */
interface OpenSocket extends SharedSocket {
  readonly openedAt: number;
  queries: number;
  close(): void;
}

/**
 * Creates the sockets; each is opened when it is first needed.
 *
 * @param nextNumber makes the number of the next socket.
 */
export function createSharedSockets(
  family: Family,
  { received, failed, closed }: SharedSocketEvents,
  { clock, sockets: system }: Pick<Platform, 'clock' | 'sockets'>,
  nextNumber: () => number,
): SharedSockets {
  const inUse: (OpenSocket | undefined)[] = [];
  const replaced: OpenSocket[] = [];
  const open = (place: number): OpenSocket => {
    const number = nextNumber();
    const socket = system.openDatagram(family, {
      message: (message, address, port) => received(number, message, address, port),
      failed(error) {
        if (inUse[place] === opened) delete inUse[place];
        socket.close();
        failed(number, error);
      },
    });
    const opened: OpenSocket = {
      ...{ number, openedAt: clock.now(), queries: 0 },
      send: (message, { address, port }, onError) => socket.send(message, port, address, onError),
      close: () => socket.close(),
    };
    inUse[place] = opened;
    return opened;
  };

  const replace = (place: number, socket: OpenSocket): OpenSocket => {
    replaced.push(socket);
    const oldest = replaced.length > maximumReplaced ? replaced.shift() : undefined;
    oldest?.close();
    if (oldest) closed(oldest.number);
    return open(place);
  };

  const isWorn = ({ queries, openedAt }: OpenSocket): boolean =>
    queries >= maximumQueries || clock.now() - openedAt > maximumAge;

  return {
    next(index) {
      const place = index % socketCount;
      const current = inUse[place];
      const socket =
        current === undefined ? open(place) : isWorn(current) ? replace(place, current) : current;
      socket.queries++;
      return socket;
    },
    close() {
      for (const socket of [...inUse.splice(0), ...replaced.splice(0)]) socket?.close();
    },
  };
}
