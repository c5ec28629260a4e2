import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Faults } from './faulty/faults.js';
import { droppedAt, processorSecondsOf } from './proc.js';
import { foreignServers, type Server, type ServerSetup } from './servers.js';

/** Starts one of the benchmark's own servers in a process of its own, so that the benchmark does not slow it down. */
async function startChild(port: number, role: string, ...args: readonly string[]): Promise<Server> {
  const child = fork(process.argv[1] ?? '', [role, `${port}`, ...args]);
  // The queries received and, from those servers that count them, the most in any second.
  const nextCounts = async () => {
    const [message] = await once(child, 'message');
    const [received = 0, busiestSecond] = String(message).split(' ').map(Number);
    return { received, busiestSecond };
  };
  await nextCounts();
  return {
    port,
    ports: {},
    async counts() {
      const counts = nextCounts();
      child.send('how many?');
      return { ...(await counts), dropped: await droppedAt(port) };
    },
    processorSeconds: () => processorSecondsOf(child.pid ?? 0),
    async stop() {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    },
  };
}

/** Starts a server with faults. */
export const startFaultyServer = async (port: number, faults: Faults): Promise<Server> => ({
  ...(await startChild(port, 'faulty-server', JSON.stringify(faults))),
  ports: {
    ...(faults.tcp && { tcp: port }),
    ...(faults.tls && { tls: faults.tls.port }),
    ...(faults.https && { https: faults.https.port }),
  },
});

/** Starts a resolver, and the name servers of some top-level domains, that answer at port 53. */
export const startHierarchy = (): Promise<Server> => startChild(53, 'hierarchy');

/** Starts a server that takes little time for each query, above all over TCP. */
export const startFastServer = async (port: number, known: number, noDelay = true): Promise<Server> => ({
  ...(await startChild(port, 'fast-server', `${known}`, `${noDelay}`)),
  ports: { tcp: port },
});

/** Starts servers at many addresses, of which one in `badShare` is of no use. */
export const startManyServers = (port: number, count: number, badShare: number): Promise<Server> =>
  startChild(port, 'many-servers', `${count}`, `${badShare}`);

/** Treats servers as one: their counts and their processor time are added up. */
export function together(servers: readonly Server[]): Server {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    port: servers[0]?.port ?? 0,
    ports: {},
    async counts() {
      const counts = await Promise.all(servers.map((server) => server.counts()));
      return {
        received: sum(counts.map(({ received }) => received)),
        dropped: sum(counts.map(({ dropped }) => dropped)),
      };
    },
    processorSeconds: async () => sum(await Promise.all(servers.map((server) => server.processorSeconds()))),
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/**
 * Starts the two servers that are farthest from being the limit: over UDP nsd, and over TCP, where nsd reads and writes
 * query by query, the benchmark's own.
 */
export async function startFastServers(setup: ServerSetup & { readonly zoneSize: number }): Promise<Server> {
  const udp = await foreignServers.nsd(setup);
  const tcp = await startFastServer(setup.ports[1], setup.zoneSize);
  return { ...together([udp, tcp]), ports: tcp.ports };
}
