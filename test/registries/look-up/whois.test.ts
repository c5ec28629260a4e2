import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/registries/client/client.js';
import { createDirectory } from '../../../src/registries/directory.js';
import { createLookUp } from '../../../src/registries/look-up.js';
import { readBuiltIn } from '../../../src/registries/rdap/bootstrap.js';
import type { WhoisServer } from '../../../src/registries/whois/server.js';
import { say } from '../../helpers/das-server.js';
import { serveWhois } from '../../helpers/whois-server.js';

const nobody = readBuiltIn({ version: '1.0', services: [] });

const directoryWith = (server: WhoisServer) => async () =>
  createDirectory(nobody, {}, nobody, { it: server });

describe('createLookUp and WHOIS', () => {
  const free = say('Domain: x.it\nStatus: AVAILABLE\n');

  it('asks a WHOIS server if nobody else is known', async () => {
    const { address, questions, server } = await serveWhois(free);
    const load = directoryWith(server);
    const found = { registered: false, url: `whois://${address}/x.it`, official: true };
    expect(await createLookUp(load, createClient(10_000))('x.it')).toEqual(found);
    expect(questions).toEqual(['x.it']);
  });

  it('asks none if names are private', async () => {
    const { questions, server } = await serveWhois(free);
    const load = directoryWith(server);
    expect(await createLookUp(load, createClient(10_000), true)('x.it')).toEqual({
      failure: 'the registry of .it is asked in plain text',
    });
    expect(questions).toEqual([]);
  });
});
