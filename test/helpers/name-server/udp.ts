import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Client } from './action.js';

/** Handles a message that arrived from the client's `port`. */
export type Receive = (message: Buffer, port: number, client: Client) => void;

/** A server that listens on a port until it is closed. */
export interface Service {
  readonly port: number;
  /** How many connections have been accepted. */
  readonly connections?: () => number;
  close(): Promise<void>;
}

const otherLoopback = '127.0.0.2';

async function bind(host: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  socket.bind(port, host);
  try {
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** Whether an error is a system error with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function bindOtherAddress(host: string, port: number): Promise<Socket | undefined> {
  if (isIPv6(host)) return undefined;
  try {
    return await bind(otherLoopback, port);
  } catch (error) {
    if (hasCode(error, 'EADDRNOTAVAIL')) return undefined;
    throw error;
  }
}

function ignoreError(): void {}

/** Listens for datagrams on a port that the system chooses. */
export async function listenUdp(host: string, receive: Receive): Promise<Service> {
  const sockets: Socket[] = [];
  let open = true;
  const close = async () => {
    open = false;
    await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
  };

  const main = await bind(host, 0);
  sockets.push(main);
  const { port } = main.address();
  try {
    // Both are bound in advance, so that a forged reply can be sent before the true one without waiting.
    const otherPort = await bind(host, 0);
    sockets.push(otherPort);
    const otherAddress = await bindOtherAddress(host, port);
    if (otherAddress !== undefined) sockets.push(otherAddress);
    const senders = { 'other port': otherPort, 'other address': otherAddress };

    main.on('message', (message, source) => {
      const send: Client['send'] = (reply, delivery) => {
        const sender = delivery?.from === undefined ? main : senders[delivery.from];
        if (sender === undefined)
          throw new Error(`Expected a second loopback address besides ${host}, got none`);
        if (open) sender.send(reply, source.port, source.address, ignoreError);
      };
      receive(message, source.port, { send, reset: ignoreError });
    });
    return { port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
