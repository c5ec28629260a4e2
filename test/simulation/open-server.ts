import { encodeQuery, type Question } from '../../src/dns/wire/query.js';
import { makeServer, type ServerSketch } from './make-world.js';
import { createSeededRandom } from './random.js';
import { replyText } from './reply-text.js';
import { createServer } from './server.js';
import { createVirtualClock } from './virtual-clock.js';

/** Creates a server, and ways to ask it. */
export function openServer(sketch: ServerSketch = {}) {
  const clock = createVirtualClock();
  const server = createServer(makeServer(sketch), clock, createSeededRandom(1));
  const replies: string[] = [];
  const wait = (milliseconds: number) =>
    clock.play(new Promise<void>((resolve) => void clock.setTimer(milliseconds, resolve)), 1e6);
  /** Asks a question. Replies that come at once are returned. */
  const ask = (name: string, type: Question['type'] = 'A', isStream = false): string | undefined => {
    const before = replies.length;
    server.receive(encodeQuery(1, { name, type }), isStream, (reply, delivered) => {
      delivered();
      replies.push(replyText(reply, { name, type }));
    });
    return replies[before];
  };
  return {
    clock,
    server,
    replies,
    wait,
    ask,
    askAll: () => ['n1-l.dev', 'n2-a.dev', 'dev'].map((name) => ask(name)),
  };
}

/** What `askAll` returns. */
export const noReplies = [undefined, undefined, undefined];
export const refusals = ['REFUSED', 'REFUSED', 'REFUSED'];
export const failures = ['SERVFAIL', 'SERVFAIL', 'SERVFAIL'];
export const denials = ['NXDOMAIN', 'NXDOMAIN', 'NXDOMAIN'];
export const addresses = ['NOERROR 192.0.2.1', 'NOERROR 192.0.2.1', 'NOERROR 192.0.2.1'];
export const truths = ['NOERROR 192.0.2.1', 'NXDOMAIN SOA dev', 'NOERROR SOA dev'];
