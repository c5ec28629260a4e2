import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterFile } from './closing.js';
import { startNameServer } from './name-server.js';

/** Starts a name server that is closed after the last test of the file. */
export const serve: typeof startNameServer = async (...args) => {
  const server = await startNameServer(...args);
  afterFile(server.close);
  return server;
};

/** Returns a loopback address with a port at which nothing listens until the last test of the file has ended. */
export async function nobody(): Promise<{ readonly address: string }> {
  const socket = createSocket('udp4');
  afterFile(() => socket.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  // A socket that is connected to itself receives nothing from others, and keeps its port from being reused.
  const { port } = socket.address();
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return { address: `127.0.0.1:${port}` };
}
