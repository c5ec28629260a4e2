import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Send } from './answering.js';
import type { Reading, Tls } from './faults.js';

/** Takes a query, and a way to reply that does nothing if the query is to be ignored. */
export type Receive = (query: Buffer, send: Send) => void;

/** Whether a query is answered, by the number of queries before it in its segment and in its connection. */
type IsAnswered = (inSegment: number, inConnection: number) => boolean;

const ignore: Send = () => {};

/**
 * Listens for queries on TCP connections (RFC 7766 section 8).
 *
 * @param host an address, or undefined for all.
 */
export function listenTcp(host: string | undefined, port: number, reading: Reading, receive: Receive): void {
  const readings: Record<Reading, IsAnswered> = {
    all: () => true,
    'the first of each segment': (inSegment) => inSegment === 0,
    'the first of each connection': (_, inConnection) => inConnection === 0,
  };
  createServer({ noDelay: true }, (socket) => serve(socket, readings[reading], receive)).listen(port, host);
}

/** Listens for queries over TLS (RFC 7858), and takes only the first ones on each connection. */
export function listenTls({ port, certFile, keyFile, perConnection }: Tls, receive: Receive): void {
  const certificate = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  const server = createTlsServer({ ...certificate, noDelay: true }, (socket) => {
    let replies = 0;
    const close = () => {
      if (++replies === perConnection) socket.end();
    };
    serve(socket, (_, inConnection) => inConnection < perConnection, receive, close);
  });
  server.on('tlsClientError', () => {});
  server.listen(port, '127.0.0.1');
}

/**
 * Answers queries on one connection. A segment is what arrives in one piece.
 *
 * @param replied called after each reply.
 */
function serve(socket: Socket, isAnswered: IsAnswered, receive: Receive, replied = () => {}): void {
  let rest: Buffer = Buffer.alloc(0);
  let inConnection = 0;
  const send: Send = (reply) => {
    const length = Buffer.from([reply.length >> 8, reply.length & 0xff]);
    if (socket.writable) socket.write(Buffer.concat([length, reply]));
    replied();
  };
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    // The replies to one segment are sent in one.
    socket.cork();
    for (let inSegment = 0; ; inSegment++) {
      const end = 2 + (rest.length < 2 ? 0 : rest.readUInt16BE(0));
      if (end === 2 || rest.length < end) break;
      const query = rest.subarray(2, end);
      rest = rest.subarray(end);
      receive(query, isAnswered(inSegment, inConnection++) ? send : ignore);
    }
    socket.uncork();
  });
}
