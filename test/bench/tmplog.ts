import dgram from 'node:dgram';
import { createAnswering } from './faulty/answering.js';
const answer = createAnswering({ roundTrip: [20, 20] });
const s = dgram.createSocket('udp4');
const t0 = performance.now();
s.on('message', (m, r) => {
  let o = 12; const l: string[] = [];
  while (m[o]) { l.push(m.toString('latin1', o + 1, o + 1 + (m[o] ?? 0))); o += (m[o] ?? 0) + 1; }
  console.log(((performance.now() - t0) / 1000).toFixed(3), l.join('.'), m.readUInt16BE(o + 1), m.readUInt16BE(10) ? 'edns' : '');
  answer(m, (b) => s.send(b, r.port, r.address));
});
s.bind(5499, '127.0.0.1');
setTimeout(() => process.exit(), Number(process.argv[2] ?? 10) * 1000);
