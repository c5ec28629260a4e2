import { expect, it, onTestFinished } from 'vitest';
import { openProber } from '../../src/probers/index.js';
import { nxdomain, servePackets } from '../helpers/packet-server.js';
import { serverAt } from '../helpers/resolving.js';

it('an offer is asked for and added to the result of each name that exists, and of no other', async () => {
  const server = await servePackets(({ name, type }) => {
    if (type === 'TXT' && name === '_for-sale.sold.dev')
      return { answers: [{ type: 'TXT', name, data: ['v=FORSALE1;fval=', 'EUR750'] }] };
    if (type === 'A' && ['sold.dev', 'kept.dev'].includes(name))
      return { answers: [{ type: 'A', name, data: '192.0.2.1' }] };
    return { flags: nxdomain };
  });
  const prober = openProber({
    servers: [serverAt(server)],
    timeout: 3000,
    tries: 2,
    canary: false,
    forSale: true,
  });
  onTestFinished(prober.close);
  const results = await Promise.all(
    ['sold', 'kept', 'free'].map((word) => prober.probe({ name: `${word}.dev`, word, tld: 'dev' })),
  );
  expect(results.map(({ status, reason, forSale }) => [status, reason, forSale?.price])).toEqual([
    ['live', 'for sale: 750 EUR', '750 EUR'],
    ['live', undefined, undefined],
    ['absent', undefined, undefined],
  ]);
  expect(server.queries.map(({ name }) => name)).not.toContain('_for-sale.free.dev');
});
