import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll } from 'vitest';
import { startNameServer } from './name-server.js';

/** Closed after the last test of a file: a hook that runs after each test cannot tell concurrent tests apart. */
const opened: { close(): unknown }[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));

/** Starts a name server that is closed after the last test of the file. */
export const serve: typeof startNameServer = async (...args) => {
  const server = await startNameServer(...args);
  opened.push(server);
  return server;
};

/** Returns a loopback address with a port at which nothing listens until the last test of the file has ended. */
export async function nobody(): Promise<{ readonly address: string }> {
  const socket = createSocket('udp4');
  opened.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  // A socket that is connected to itself receives nothing from others, and keeps its port from being reused.
  const { port } = socket.address();
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return { address: `127.0.0.1:${port}` };
}
