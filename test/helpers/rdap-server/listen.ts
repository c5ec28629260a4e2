import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Certificate } from '../certificate.js';
import type { Client } from './action.js';
import type { Load } from './load.js';

/** Receives a request and the means to answer it. */
export type Receive = (message: IncomingMessage, client: Client) => void;

/** A server that listens on a port until it is closed. */
export interface Service {
  readonly port: number;
  close(): Promise<void>;
}

async function streamBody(response: ServerResponse, chunks: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (response.destroyed) return;
      // The connection may be destroyed after this chunk, which must be sent before.
      await new Promise<void>((resolve, reject) =>
        response.write(chunk, (error) => (error ? reject(error) : resolve())),
      );
      // Otherwise an endless body would keep the process from learning that the client has gone.
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  } catch {
    response.destroy();
  }
}

function openClient(response: ServerResponse, connection: Socket | undefined, answered: () => void): Client {
  return {
    send({ status, headers = {}, body = '' }) {
      if (response.destroyed) return;
      // A client may send its next request before the response emits 'close'.
      answered();
      response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
    },
    stream({ status, headers = {} }, chunks) {
      if (response.destroyed) return;
      response.writeHead(status, headers);
      void streamBody(response, chunks);
    },
    reset: () => void connection?.resetAndDestroy(),
  };
}

/** Receives requests at 127.0.0.1 on a port that the system chooses; over TLS if there is a certificate. */
export async function listenHttp(
  certificate: Certificate | undefined,
  load: Load,
  receive: Receive,
): Promise<Service> {
  // By port, because a TLS socket does not expose the TCP connection below it, which alone can be reset.
  const connections = new Map<number | undefined, Socket>();
  const listener: RequestListener = (message, response) => {
    const answered = load.begin();
    response.on('close', answered);
    receive(message, openClient(response, connections.get(message.socket.remotePort), answered));
  };
  const server =
    certificate === undefined
      ? createServer(listener)
      : createTlsServer({ cert: certificate.cert, key: certificate.key }, listener);
  server.on('connection', (connection: Socket) => {
    const { remotePort } = connection;
    connections.set(remotePort, connection);
    connection.on('close', () => connections.delete(remotePort));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected a port, got ${address}`);

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const connection of connections.values()) connection.destroy();
    });
  return { port: address.port, close };
}
