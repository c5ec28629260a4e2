import { describe, expect, it } from 'vitest';
import { servePackets, servfail } from '../../../helpers/packet-server.js';
import { question, resolverFor } from '../../../helpers/resolving.js';

describe('a question whose route allows one try', () => {
  it.each([2, 20])('is asked once, even if other servers of %i are left', async (count) => {
    const servers = await Promise.all(
      Array.from({ length: count }, () => servePackets(() => ({ flags: servfail }))),
    );
    const resolver = resolverFor(servers, { timeout: 3000, tries: 7 });
    expect(await resolver.ask(question('x.dev'), { tries: 1 })).toMatchObject({
      tries: 1,
      outcome: { rcode: 'SERVFAIL' },
    });
    expect(servers.flatMap(({ queries }) => queries)).toHaveLength(1);
  });
});
