import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDaemon } from '../helpers/system/process.js';
import type { Tls } from './faulty/faults.js';
import { droppedAt, processorSecondsOf } from './proc.js';
import type { Server } from './servers.js';

/** Prints "ready" as soon as a log, whose path comes first, says so, and runs a command. */
const whenLogged = `(until grep -q started "$0"; do sleep 0.05; done; echo ready) & exec "$@"`;

/** Starts dnsmasq with the settings that it has after its installation, but without the system's name servers. */
export async function startDnsmasq(folder: string, port: number, upstream: Promise<Server>): Promise<Server> {
  const behind = await upstream;
  const log = join(folder, 'dnsmasq.log');
  await writeFile(log, '');
  const settings = [
    ...[
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--pid-file=',
      '--user=root',
      '--no-resolv',
      '--no-hosts',
    ],
    ...[
      `--port=${port}`,
      '--listen-address=127.0.0.1',
      '--bind-interfaces',
      `--server=127.0.0.1#${behind.port}`,
    ],
    // It counts only queries that it answers; its log has all of them.
    ...['--log-queries', `--log-facility=${log}`],
  ];
  const { pid, stop } = await startDaemon(['sh', '-c', whenLogged, log, 'dnsmasq', ...settings], /ready/);
  return {
    port,
    ports: { tcp: port },
    async counts() {
      const received = (await readFile(log, 'utf8')).match(/ query\[/g)?.length ?? 0;
      return { received, dropped: await droppedAt(port) };
    },
    processorSeconds: () => processorSecondsOf(pid),
    async stop() {
      await stop();
      await behind.stop();
    },
  };
}

/**
 * Starts dnsdist, which takes only some queries on a connection over TLS, in front of a server, which counts them.
 *
 * @param inFlight the most queries that it reads ahead on a connection; with 0, as it comes, it answers one after the
 *   other, and version 1.7 overlooks what arrives together with the first until it closes the connection after 2 seconds.
 */
export async function startDnsdist(
  folder: string,
  { port, certFile, keyFile, perConnection }: Tls,
  inFlight: number,
  upstream: Promise<Server>,
): Promise<Server> {
  const behind = await upstream;
  const config = join(folder, 'dnsdist.conf');
  // Without setUp, it would ask for the health of the server each second; without a policy, for its own updates.
  const text = `
setMaxTCPQueriesPerConnection(${perConnection})
setSecurityPollSuffix("")
addTLSLocal("127.0.0.1:${port}", "${certFile}", "${keyFile}", {maxInFlight=${inFlight}})
newServer("127.0.0.1:${behind.port}"):setUp()
`;
  await writeFile(config, text);
  const command = ['dnsdist', '--supervised', '--disable-syslog', '--local', '127.0.0.1:5399', '-C', config];
  const { pid, stop } = await startDaemon(command, /Listening on .* for TLS/);
  return {
    port: behind.port,
    ports: { tls: port },
    counts: behind.counts,
    processorSeconds: () => processorSecondsOf(pid),
    async stop() {
      await stop();
      await behind.stop();
    },
  };
}
