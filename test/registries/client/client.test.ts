import { describe, it } from 'vitest';
import { createClient } from '../../../src/registries/client/client.js';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';

describe.concurrent('createClient', () => {
  it('says which registry it waits for, and how long that has asked not to be asked', async ({ expect }) => {
    const server = await serveRdap(() => act.limited(30));
    const client = createClient(60_000);
    const { host } = new URL(server.url);
    expect(client.waitingFor()).toBeUndefined();
    void client.get([server.url], async () => ({ failure: 'never asked' }));
    expect(client.waitingFor()).toBe(host);
    await expect.poll(client.waitingFor).toMatch(/^127\.0\.0\.1:\d+, next request in (29|30) s$/);
  });
});
