import { createSocket } from 'node:dgram';
import type { Receive } from './tcp.js';

/** Listens for queries over UDP on all of some addresses. */
export async function listenUdp(addresses: readonly string[], port: number, receive: Receive): Promise<void> {
  // Without this, each send looks up the address on the thread pool.
  const lookup = (
    host: string,
    _: unknown,
    done: (error: null, address: string, family: number) => void,
  ): void => done(null, host, 4);
  const open = (address: string) =>
    new Promise<void>((resolve) => {
      const socket = createSocket({ type: 'udp4', lookup, recvBufferSize: 4_000_000 });
      socket.on('message', (query, from) =>
        receive(query, (reply) => socket.send(reply, from.port, from.address)),
      );
      socket.bind(port, address, resolve);
    });
  await Promise.all(addresses.map(open));
}
