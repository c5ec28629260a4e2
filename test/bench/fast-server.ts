import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { answerInto } from './fast-reply.js';

/**
 * Serves on a loopback port over UDP and TCP in this process. It does as little as it can for each query, so that over TCP it is not
 * the limit. For each message from the parent process, sends it the count of queries.
 *
 * @param known the number of names, live and absent, that it knows.
 * @param noDelay whether Nagle's algorithm (RFC 896) is off.
 */
export function runFastServer(port: number, known: number, noDelay: boolean): void {
  let received = 0;
  const server = createServer({ noDelay }, (socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const queries = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      // A reply is at most twice as long as its query.
      const replies = Buffer.allocUnsafe(2 * queries.length);
      let start = 0;
      let end = 0;
      for (;;) {
        const next = start + 2 + (queries.length < start + 2 ? 0 : queries.readUInt16BE(start));
        if (next === start + 2 || next > queries.length) break;
        end = answerInto(replies, end, queries.subarray(start + 2, next), known);
        received++;
        start = next;
      }
      rest = Buffer.from(queries.subarray(start));
      if (end > 0) socket.write(replies.subarray(0, end));
    });
    socket.on('error', () => {});
  });
  const overUdp = createSocket({
    type: 'udp4',
    recvBufferSize: 4_000_000,
    lookup: (host, _, done) => done(null, host, 4),
  });
  overUdp.on('message', (query, from) => {
    const reply = Buffer.allocUnsafe(2 * query.length);
    const end = answerInto(reply, 0, query, known);
    received++;
    overUdp.send(reply.subarray(2, end), from.port, from.address);
  });
  overUdp.bind(port, '127.0.0.1');
  process.on('message', () => process.send?.(received));
  process.on('disconnect', () => process.exit());
  server.listen(port, '127.0.0.1', () => process.send?.(received));
}
