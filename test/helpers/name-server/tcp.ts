import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Client, Delivery } from './action.js';
import type { Receive, Service } from './udp.js';

function frame(message: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(2 + message.length);
  framed.writeUInt16BE(message.length, 0);
  message.copy(framed, 2);
  return framed;
}

/**
 * Writes chunks in their order. Where there are several, each waits for the next turn of the event loop, so that a
 * client in the same process has read the one before it.
 */
function chunkWriter(socket: Socket): { write(chunks: readonly Buffer[]): void; end(): void } {
  const queue: Buffer[] = [];
  let ended = false;
  let paused = false;

  function pause(): void {
    paused = true;
    setImmediate(() => {
      paused = false;
      flush();
    });
  }

  function flush(): void {
    const chunk = queue.shift();
    if (chunk !== undefined) socket.write(chunk);
    if (queue.length > 0) pause();
    else if (ended) socket.end();
  }

  return {
    write(chunks) {
      if (ended || socket.destroyed) return;
      queue.push(...chunks);
      if (paused) return;
      if (queue.length > 1) pause();
      else flush();
    },
    end() {
      ended = true;
      if (!paused) flush();
    },
  };
}

function cut(framed: Buffer, { pieceSize = framed.length, close }: Delivery): Buffer[] {
  const whole = close === 'within' ? framed.subarray(0, framed.length >> 1) : framed;
  const pieces: Buffer[] = [];
  for (let start = 0; start < whole.length; start += pieceSize) {
    pieces.push(whole.subarray(start, start + pieceSize));
  }
  return pieces;
}

function openClient(socket: Socket, repliesPerConnection: number): Client {
  const writer = chunkWriter(socket);
  let replies = 0;
  return {
    send(message, delivery = {}) {
      if (delivery.from !== undefined) return;
      replies += 1;
      writer.write(cut(frame(message), delivery));
      if (delivery.close !== undefined || replies === repliesPerConnection) writer.end();
    },
    reset: () => void socket.resetAndDestroy(),
  };
}

/** Hands each message on as soon as it is whole, however the stream was cut (RFC 7766 section 8). */
function readMessages(socket: Socket, receive: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    // Replies to queries that came together leave together.
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

/** Receives messages on connections to this port, each closed after so many replies. */
export async function listenTcp(
  host: string,
  port: number,
  repliesPerConnection: number,
  receive: Receive,
): Promise<Service> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away in the middle is the test's business, and its side sees what happens.
    socket.on('error', () => {});
    const client = openClient(socket, repliesPerConnection);
    readMessages(socket, (message) => receive(message, socket.remotePort ?? 0, client));
  });
  server.listen(port, host);
  await once(server, 'listening');

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port, close };
}
