import { constants, createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Client } from './action.js';
import { type ConnectionOptions, listenConnections, serveStream } from './tcp.js';
import type { Receive, Service } from './udp.js';

/** An encrypted protocol, and the server's certificate and key (PEM). */
export interface Secure {
  readonly protocol: 'tls' | 'https';
  readonly cert: string;
  readonly key: string;
}

/** Listens for messages over TLS (RFC 7858) or HTTP/2 (RFC 8484) on a port that the system chooses. */
export function listenSecure(
  host: string,
  { protocol, ...certificate }: Secure,
  options: ConnectionOptions,
  receive: Receive,
): Promise<Service> {
  // TCP connections by the client's port: a TLS socket cannot be reset, the TCP connection under it can.
  const sockets = new Map<number | undefined, Socket>();
  const rawSocket = (socket: Socket) => sockets.get(socket.remotePort) ?? socket;
  const server =
    protocol === 'tls'
      ? createServer({ ...certificate, ALPNProtocols: ['dot'] }).on('secureConnection', (socket) =>
          serveStream(socket, rawSocket(socket), options, receive),
        )
      : createSecureServer({
          ...certificate,
          settings: { maxConcurrentStreams: options.oneAtATime ? 1 : 100 },
        }).on('session', (session) => serveSession(session, rawSocket(session.socket), options, receive));
  return listenConnections(host, 0, (socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.on('close', () => sockets.delete(remotePort));
    server.emit('connection', socket);
  });
}

function serveSession(
  session: ServerHttp2Session,
  socket: Socket,
  { repliesPerConnection }: ConnectionOptions,
  receive: Receive,
): void {
  const { remotePort: port = 0 } = socket;
  let replies = 0;
  session.on('error', () => {});
  session.on('stream', (stream, { ':method': method, ':path': path, 'content-type': type }) => {
    stream.on('error', () => {});
    if (method !== 'POST' || path !== '/dns-query' || type !== 'application/dns-message') {
      stream.respond({ ':status': 400 }, { endStream: true });
      return;
    }
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const client = createClient(stream, socket, (close) => {
        replies += 1;
        // Sends GOAWAY: queries in flight can still be answered.
        if (close || replies === repliesPerConnection) session.close();
      });
      if (replies < repliesPerConnection) receive(Buffer.concat(chunks), port, client);
      else stream.close(constants.NGHTTP2_REFUSED_STREAM);
    });
  });
}

function createClient(stream: ServerHttp2Stream, socket: Socket, replied: (close: boolean) => void): Client {
  const { session } = stream;
  const destroy = () => void socket.destroy();
  // Resetting a connection that is already being closed has no effect, so it is destroyed instead.
  const reset = () =>
    session === undefined || session.closed || session.destroyed ? destroy() : void socket.resetAndDestroy();
  return {
    send(message, { from, close, status = 200, type = 'application/dns-message', retryAfter } = {}) {
      if (from !== undefined || stream.destroyed || stream.headersSent) return;
      stream.respond({
        ':status': status,
        'content-type': type,
        'content-length': message.length,
        ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
      });
      if (close === undefined || close === 'after') {
        stream.end(message);
        replied(close === 'after');
      } else {
        stream.write(message.subarray(0, message.length >> 1), close === 'within' ? destroy : reset);
      }
    },
    reset(what = 'connection') {
      if (what === 'stream') stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      else reset();
    },
  };
}
