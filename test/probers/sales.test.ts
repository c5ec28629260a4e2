import { describe, expect, it } from 'vitest';
import { openProber } from '../../src/probe/prober.js';
import { withSales } from '../../src/probers/sales.js';
import { candidateOf, type PlayedServer, playProber, serverAt, urlAt } from '../helpers/played.js';
import { refuse, truthful, zone } from '../helpers/played-servers.js';

const offer = [new TextEncoder().encode('v=FORSALE1;fval=EUR750')];

/** A server at which two names have offers. */
const selling: PlayedServer = (query) => {
  if (query.type !== 'TXT') return truthful({ ...zone, 'kept.dev': { A: ['192.0.2.3'] } })(query);
  return query.name === '_for-sale.kept.dev' ? refuse(query) : { texts: offer };
};

const playSales = (names: readonly string[], server = selling) =>
  playProber(
    new Map([[urlAt(0), server]]),
    (context) => {
      const options = { ...context, canary: false, servers: [serverAt(urlAt(0))] };
      return withSales(openProber(options), options);
    },
    names.map(candidateOf),
    { tries: 2 },
  );

describe('an offer to sell a name', () => {
  it('is added to the result of a name that exists', async () => {
    const { results } = await playSales(['live.dev', 'taken.dev']);
    expect(results).toMatchObject([
      {
        status: 'live',
        reason: 'for sale: asking price 750 EUR, not binding',
        forSale: { price: '750 EUR' },
        tries: 2,
      },
      {
        status: 'taken',
        reason: 'for sale: asking price 750 EUR, not binding',
        forSale: { price: '750 EUR' },
        tries: 3,
      },
    ]);
  });

  it('follows the reason of a result, if there is one', async () => {
    const { lines } = await playProber(
      new Map<string, PlayedServer>([
        [
          urlAt(0),
          (query) => (query.type === 'TXT' ? { texts: offer } : { rcode: 'NXDOMAIN', alias: 'gone.example' }),
        ],
      ]),
      (context) => {
        const options = { ...context, canary: false, servers: [serverAt(urlAt(0))] };
        return withSales(openProber(options), options);
      },
      [candidateOf('x.dev')],
    );
    expect(lines).toEqual([
      '~ x.dev  alias of gone.example, which does not exist; for sale: asking price 750 EUR, not binding',
    ]);
  });

  it('is not asked for if the name does not exist', async () => {
    const { results, queries } = await playSales(['free.dev']);
    expect(results).toMatchObject([{ status: 'absent', reason: undefined, tries: 1 }]);
    expect(queries.flat().map(({ name }) => name)).toEqual(['free.dev']);
  });

  it('that has no answer changes nothing but the number of tries', async () => {
    const { results } = await playSales(['kept.dev']);
    expect(results).toMatchObject([{ status: 'live', reason: undefined, tries: 1 + 2 }]);
    expect(results[0]).not.toHaveProperty('forSale');
  });

  it('is not taken from a reply that denies it', async () => {
    const server: PlayedServer = ({ type }) =>
      type === 'TXT' ? { rcode: 'NXDOMAIN', texts: offer } : { addresses: ['192.0.2.1'] };
    expect((await playSales(['x.dev'], server)).lines).toEqual(['+ x.dev']);
  });

  it('is not asked for below .arpa', async () => {
    const server: PlayedServer = ({ type }) =>
      type === 'TXT' ? { texts: offer } : { addresses: ['192.0.2.1'] };
    const { lines, queries } = await playSales(
      ['x.arpa', 'x.home.arpa', '1.2.0.192.in-addr.arpa', 'arpa.'],
      server,
    );
    expect(lines).toEqual(['+ 1.2.0.192.in-addr.arpa', '+ arpa', '+ x.arpa', '+ x.home.arpa']);
    expect(queries.flat().filter(({ type }) => type === 'TXT')).toEqual([]);
  });

  it('is asked for below a domain whose name only ends in the same letters', async () => {
    const server: PlayedServer = ({ type }) =>
      type === 'TXT' ? { texts: offer } : { addresses: ['192.0.2.1'] };
    const { results } = await playSales(['x.myarpa', 'arpa.dev'], server);
    expect(results).toMatchObject([{ forSale: { price: '750 EUR' } }, { forSale: { price: '750 EUR' } }]);
  });
});
