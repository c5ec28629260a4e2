import { describe, it } from 'vitest';
import { createServers } from '../../../src/registries/client/servers.js';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';

describe.concurrent('createServers', () => {
  it('says which registry it waits for, and how long that has asked not to be asked', async ({ expect }) => {
    const server = await serveRdap(() => act.limited(30));
    const servers = createServers(60_000);
    const { host } = new URL(server.url);
    expect(servers.waitingFor()).toBeUndefined();
    void servers.get([server.url], async () => 'never asked');
    expect(servers.waitingFor()).toBe(host);
    await expect.poll(servers.waitingFor).toMatch(/^127\.0\.0\.1:\d+, next request in (29|30) s$/);
  });
});
