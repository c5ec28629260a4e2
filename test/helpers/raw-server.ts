import type { Socket } from 'node:net';
import { afterFile } from './closing.js';
import { listenConnections } from './name-server/tcp.js';

/** A server that accepts connections and does not speak DNS by itself. */
export interface RawServer {
  /** `127.0.0.1:12345`. */
  readonly address: string;
  /** How many connections have been accepted. */
  connections(): number;
}

/** Accepts connections on a loopback port until the last test of the file has ended. */
export async function listenRaw(accept: (socket: Socket) => void): Promise<RawServer> {
  const { port, connections = () => 0, close } = await listenConnections('127.0.0.1', 0, accept);
  afterFile(close);
  return { address: `127.0.0.1:${port}`, connections };
}
