import { afterEach, describe, expect, it, vi } from 'vitest';
import { probe, probeAll } from '../../src/index.js';
import { honest } from '../helpers/honest.js';
import { answer, deny, type NameServer } from '../helpers/name-server.js';
import { serve } from '../helpers/serve.js';

const system = vi.hoisted(() => ({ servers: [''] }));

vi.mock('node:dns', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:dns')>()),
  getServers: () => system.servers,
}));

afterEach(() => {
  system.servers = [];
});

const live = () => serve(honest(() => answer('192.0.2.80')));
const absent = () => serve(honest(() => deny));

/** Lets the system use a server. */
const use = ({ address }: NameServer) => {
  system.servers = [address];
};

async function statusOf(servers?: readonly string[]): Promise<string> {
  return (await probe('not.dev', servers && { servers })).status;
}

describe('a prober of the library', () => {
  it('asks the servers that the system has when the call begins', async () => {
    use(await live());
    expect(await statusOf()).toBe('live');
    use(await absent());
    // The prober of the first call is closed at the end of the turn.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(await statusOf()).toBe('absent');
  });

  it('asks the servers that the caller has chosen, whatever the system has', async () => {
    use(await absent());
    const { address } = await live();
    expect(await statusOf([address])).toBe('live');
  });

  it.each([[undefined], [['authority']]])(
    'throws if the system has no server, and the caller chooses %j',
    async (servers) => {
      system.servers = [];
      const error = new RangeError(
        'Expected `servers` to be set: no name server is configured on this system',
      );
      await expect(statusOf(servers)).rejects.toThrow(error);
      await expect(probeAll(['not.dev'], servers && { servers }).next()).rejects.toThrow(error);
    },
  );
});
