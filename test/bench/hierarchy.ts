import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  RECURSION_AVAILABLE,
} from 'dns-packet';
import { countArrivals } from './arrivals.js';
import { listenUdp } from './faulty/udp.js';
import { isLive } from './names.js';

/** The top-level domains of the hierarchy. */
export const suffixes: readonly string[] = [
  'dev',
  'app',
  'com',
  'net',
  'org',
  'info',
  'shop',
  'blog',
  'xyz',
  'page',
];

/** The address of the resolver. */
const resolver = '127.0.0.1';
/** The addresses of the two name servers of each top-level domain. */
const serversOf = (index: number) => [`127.2.${index}.1`, `127.2.${index}.2`];
const nxdomain = 3;

type Reply = Pick<Packet, 'flags' | 'answers' | 'authorities'>;

const denial = (zone: string, rcode: number): Reply => {
  const [mname, rname] = [`ns1.nic.${zone}`, `hostmaster.nic.${zone}`];
  const data = { mname, rname, serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: 300 };
  return { flags: rcode, authorities: [{ type: 'SOA', name: zone || '.', ttl: 300, data }] };
};
const answer = (...answers: Answer[]): Reply => ({ flags: 0, answers });

/** What the name servers of a top-level domain reply, and what a resolver learns from them. */
function replyTo(name: string, type: string): Reply {
  const labels = name.toLowerCase().split('.');
  const suffix = labels.at(-1) ?? '';
  const index = suffixes.indexOf(suffix);
  if (index < 0) return denial('', suffix === '' ? 0 : nxdomain);
  const serverNames = serversOf(index).map((_, server) => `ns${server + 1}.nic.${suffix}`);
  if (labels.length === 1) {
    const records = serverNames.map((data): Answer => ({ type: 'NS', name, ttl: 3600, data }));
    return type === 'NS' ? answer(...records) : denial(suffix, 0);
  }
  const serverAddress = serversOf(index)[serverNames.indexOf(labels.join('.'))];
  const isHost = labels.length === 2 && isLive(labels[0] ?? '');
  const address = serverAddress ?? (isHost ? '192.0.2.1' : undefined);
  if (address === undefined) return denial(suffix, nxdomain);
  return type === 'A' ? answer({ type, name, ttl: 3600, data: address }) : denial(suffix, 0);
}

/** Serves as a resolver, and as the name servers of top-level domains, in this process. */
export async function runHierarchy(port: number): Promise<void> {
  const arrivals = countArrivals();
  const serve = (addresses: readonly string[], flag: number) =>
    listenUdp(addresses, port, (query, send) => {
      arrivals.add();
      const { id, questions = [] } = decode(query);
      const { name, type } = questions[0] ?? { name: '', type: '' };
      const { flags = 0, ...records } = replyTo(name, type);
      send(encode({ type: 'response', id, questions, ...records, flags: flags | flag }));
    });
  await serve([resolver], RECURSION_AVAILABLE);
  await serve(
    suffixes.flatMap((_, index) => serversOf(index)),
    AUTHORITATIVE_ANSWER,
  );
  arrivals.report();
}
