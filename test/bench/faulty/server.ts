import { countArrivals } from '../arrivals.js';
import { addressesOf } from '../many-servers.js';
import { createAnswering, seededRandom } from './answering.js';
import type { Faults } from './faults.js';
import { listenHttps } from './https.js';
import { truncatedReplyTo } from './reply.js';
import { listenTcp, listenTls, type Receive } from './tcp.js';
import { listenUdp } from './udp.js';

/** Serves on a loopback port in this process, and tells the parent process how many queries have arrived. */
export async function runFaultyServer(port: number, faults: Faults): Promise<void> {
  const { loss = 0, truncated = 0, addresses, tcp, tls, https } = faults;
  const random = seededRandom(1);
  const answer = createAnswering(faults);
  const arrivals = countArrivals();
  const receive: Receive = (query, send) => {
    arrivals.add();
    answer(query, send);
  };
  const receiveDatagram: Receive = (query, send) => {
    if (loss > 0 && (random() < loss || random() < loss)) arrivals.add();
    else if (truncated > 0 && random() < truncated) {
      arrivals.add();
      send(truncatedReplyTo(query));
    } else receive(query, send);
  };
  if (tcp) listenTcp(addresses === undefined ? '127.0.0.1' : undefined, port, tcp, receive);
  if (tls) listenTls(tls, receive);
  if (https) listenHttps(https, receive, arrivals.add);
  const hosts = addresses === undefined ? ['127.0.0.1'] : addressesOf(addresses);
  await listenUdp(hosts, port, receiveDatagram);
  arrivals.report();
}
