import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Faults } from './faulty-server.js';
import { droppedAt, type Server } from './servers.js';

/** Starts the faulty server in a process of its own, so that it is not slowed down by what measures it. */
export async function startFaulty(port: number, faults: Faults): Promise<Server> {
  const child = fork(process.argv[1] ?? '', ['server', `${port}`, JSON.stringify(faults)]);
  const received = async () => Number((await once(child, 'message'))[0]);
  await received();
  return {
    port,
    ports: {},
    async sent() {
      const reply = received();
      child.send('how many?');
      return { received: await reply, dropped: await droppedAt(port) };
    },
    async stop() {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    },
  };
}
