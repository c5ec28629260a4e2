import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Faults } from './faulty-server.js';
import { droppedAt, type Server } from './servers.js';

/** Starts the faulty server in a process of its own, so that the benchmark does not slow it down. */
export async function startFaultyServer(port: number, faults: Faults): Promise<Server> {
  const child = fork(process.argv[1] ?? '', ['faulty-server', `${port}`, JSON.stringify(faults)]);
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
    async stop() {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    },
  };
}
