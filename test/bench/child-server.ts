import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Faults } from './faulty-server.js';
import { droppedAt, foreignServers, processorSecondsOf, type Server, type ServerSetup } from './servers.js';

/** Starts one of the benchmark's own servers in a process of its own, so that the benchmark does not slow it down. */
async function startChild(port: number, role: string, ...args: readonly string[]): Promise<Server> {
  const child = fork(process.argv[1] ?? '', [role, `${port}`, ...args]);
  const nextCount = async () => Number((await once(child, 'message'))[0]);
  await nextCount();
  return {
    port,
    ports: {},
    async counts() {
      const count = nextCount();
      child.send('how many?');
      return { received: await count, dropped: await droppedAt(port) };
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
export const startFaultyServer = (port: number, faults: Faults): Promise<Server> =>
  startChild(port, 'faulty-server', JSON.stringify(faults));

/** Starts a server that takes little time for each query, above all over TCP. */
export const startFastServer = async (port: number, known: number): Promise<Server> => ({
  ...(await startChild(port, 'fast-server', `${known}`)),
  ports: { tcp: port },
});

/**
 * Starts the two servers that are farthest from being the limit: over UDP nsd, and over TCP, where nsd reads and writes
 * query by query, the benchmark's own.
 */
export async function startFastServers(setup: ServerSetup & { readonly zoneSize: number }): Promise<Server> {
  const udp = await foreignServers.nsd(setup);
  const tcp = await startFastServer(setup.ports[1], setup.zoneSize);
  return {
    port: udp.port,
    ports: tcp.ports,
    async counts() {
      const [overUdp, overTcp] = await Promise.all([udp.counts(), tcp.counts()]);
      return { received: overUdp.received + overTcp.received, dropped: overUdp.dropped };
    },
    processorSeconds: async () => (await udp.processorSeconds()) + (await tcp.processorSeconds()),
    async stop() {
      await Promise.all([udp.stop(), tcp.stop()]);
    },
  };
}
