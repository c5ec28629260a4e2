import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createRandom, type Fault, phases } from './faults.js';
import { encodeReply, forgeriesOf } from './replies.js';

const host = '127.0.0.1';

/**
 * Runs a name server whose faults follow from a seed, over UDP and TCP. It runs in a process of its own, and tells its
 * parent the port.
 */
export async function runUnsteadyServer(seed: number): Promise<void> {
  const random = createRandom(seed);
  const connections = new Set<Socket>();
  let fault: Fault = 'none';
  let udp: UdpSocket | undefined;
  let tcp: Server | undefined;
  let port = 0;

  /** Replies to a query; nothing if it is dropped. */
  const reply = (query: Buffer, isStream: boolean): Buffer | undefined => {
    if (fault === 'silent' || (fault === 'lose' && random() < 0.5)) return undefined;
    return encodeReply(query, fault, isStream);
  };

  const receive = (query: Buffer, { port, address }: RemoteInfo) => {
    const message = reply(query, false);
    if (message === undefined) return;
    if (fault === 'forge') for (const forgery of forgeriesOf(message)) udp?.send(forgery, port, address);
    udp?.send(message, port, address);
  };

  const serve = (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => {});
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      const replies: Buffer[] = [];
      while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE()) {
        const message = reply(rest.subarray(2, 2 + rest.readUInt16BE()), true);
        rest = rest.subarray(2 + rest.readUInt16BE());
        if (message) replies.push(Buffer.from([message.length >> 8, message.length & 0xff]), message);
      }
      if (replies.length > 0) socket.write(Buffer.concat(replies));
      if (fault === 'reset' && random() < 0.2) socket.resetAndDestroy();
    });
  };

  const open = async () => {
    udp = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
    udp.on('error', () => {});
    udp.on('message', receive);
    udp.bind(port, host);
    await once(udp, 'listening');
    port = udp.address().port;
    tcp = createServer(serve);
    tcp.on('error', () => {});
    tcp.listen(port, host);
  };

  const close = () => {
    udp?.close();
    tcp?.close();
    for (const socket of connections) socket.resetAndDestroy();
  };

  await open();
  process.send?.(port);
  process.on('disconnect', () => process.exit());
  for (const phase of phases(random)) {
    fault = phase.fault;
    if (fault === 'restart') close();
    await new Promise((resolve) => setTimeout(resolve, phase.duration));
    if (fault === 'restart') await open();
  }
}
