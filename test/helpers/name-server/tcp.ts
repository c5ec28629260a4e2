import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Client } from './action.js';
import type { Receive, Service } from './udp.js';

function frame(message: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(2 + message.length);
  framed.writeUInt16BE(message.length, 0);
  message.copy(framed, 2);
  return framed;
}

/** Limits of a connection. */
export interface ConnectionOptions {
  /** How many replies are sent on a connection before it is closed. */
  readonly repliesPerConnection: number;
  /** Whether a query is read only after the one before it has been answered. */
  readonly oneAtATime: boolean;
}

function createClient(
  socket: Socket,
  raw: Socket,
  { repliesPerConnection }: ConnectionOptions,
  sent: () => void,
): Client {
  let replies = 0;
  return {
    send(message, { from, close } = {}) {
      if (from !== undefined) return;
      replies += 1;
      const framed = frame(message);
      if (socket.writable)
        socket.write(close?.endsWith('within') ? framed.subarray(0, framed.length >> 1) : framed);
      if (close === 'reset within') setImmediate(() => raw.resetAndDestroy());
      else if (close !== undefined || replies === repliesPerConnection) socket.end();
      sent();
    },
    reset: () => void raw.resetAndDestroy(),
  };
}

/** Passes messages on to `receive`; if `oneAtATime` is set, each after `next` was called for the one before. */
function createQueue(oneAtATime: boolean, receive: (message: Buffer) => void) {
  const queue: Buffer[] = [];
  let busy = false;
  const next = () => {
    busy = false;
    while (!busy) {
      const message = queue.shift();
      if (message === undefined) return;
      busy = oneAtATime;
      receive(message);
    }
  };
  return {
    put(message: Buffer): void {
      queue.push(message);
      if (!busy) next();
    },
    next,
  };
}

/** Passes each message on as soon as it is complete, wherever the stream's chunks end (RFC 7766 section 8). */
function readMessages(socket: Socket, receive: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    // The replies to queries that arrived in one chunk are sent in one chunk.
    socket.cork();
    while (rest.length >= 2) {
      const end = 2 + rest.readUInt16BE(0);
      if (rest.length < end) break;
      const message = rest.subarray(2, end);
      rest = rest.subarray(end);
      receive(message);
    }
    socket.uncork();
  });
}

/**
 * Receives messages on a connection.
 *
 * @param raw the TCP connection under a TLS socket; otherwise the same as `socket`.
 */
export function serveStream(socket: Socket, raw: Socket, options: ConnectionOptions, receive: Receive): void {
  // A connection that the client breaks off is not an error of the server.
  socket.on('error', () => {});
  const client = createClient(socket, raw, options, () => queue.next());
  const queue = createQueue(options.oneAtATime, (message) => receive(message, raw.remotePort ?? 0, client));
  readMessages(socket, queue.put);
}

/**
 * Accepts connections.
 *
 * @param port 0 lets the system choose one.
 */
export async function listenConnections(
  host: string,
  port: number,
  accept: (socket: Socket) => void,
): Promise<Service> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    accept(socket);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const chosen = typeof address === 'object' && address !== null ? address.port : port;

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port: chosen, connections: () => connections, close };
}

/** Listens for messages on TCP connections. */
export const listenTcp = (
  host: string,
  port: number,
  options: ConnectionOptions,
  receive: Receive,
): Promise<Service> =>
  listenConnections(host, port, (socket) => serveStream(socket, socket, options, receive));
