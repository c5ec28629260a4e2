import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import { deny, except, truthful, type Zone, zone } from '../../../helpers/played-servers.js';

describe('a denial in the name of the root', () => {
  const byRoot = except(
    (name) => name === 'x.dev',
    () => ({ rcode: 'NXDOMAIN', zone: '' }),
    truthful(),
  );
  const reason = 'FIRST says that the root denies it, but .dev exists';

  it('contradicts a suffix that exists, and makes the name unknown', async () => {
    const { lines } = await play([byRoot], ['x.dev', 'free.dev', 'live.dev']);
    expect(lines).toEqual(['  free.dev', '+ live.dev', `? x.dev  ${reason}`]);
  });

  it.each([
    [1, 7, 2],
    [2, 7, 4],
    [3, 4, 4],
  ])(
    'from %i servers is asked about again, with %i tries, until there were %i denials',
    async (count, tries, times) => {
      const { queries } = await play(new Array<PlayedServer>(count).fill(byRoot), ['x.dev'], { tries });
      expect(queries.flat().filter(({ name }) => name === 'x.dev')).toHaveLength(times);
    },
  );

  it('is forgotten if the server denies the name as its suffix does the next time', async () => {
    let times = 0;
    const once = except(
      (name) => name === 'x.dev' && ++times === 1,
      () => ({ rcode: 'NXDOMAIN', zone: '' }),
      truthful(),
    );
    const { lines, queries } = await play([once], ['x.dev']);
    expect(queries[0]?.filter(({ name }) => name === 'x.dev')).toHaveLength(2);
    expect(lines).toEqual(['  x.dev']);
  });

  it('is asked about elsewhere', async () => {
    const { lines } = await play([byRoot, byRoot, truthful()], ['x.dev'], { tries: 7 });
    expect(lines).toEqual(['  x.dev']);
  });

  it('is no contradiction without an SOA record', async () => {
    const { lines } = await play([except((name) => name === 'x.dev', deny, truthful())], ['x.dev']);
    expect(lines).toEqual(['  x.dev']);
  });

  it('says nothing about an alias, whose end may be denied by the root', async () => {
    const truth: Zone = { ...zone, 'x.dev': { alias: 'gone.nowhere' } };
    const { lines } = await play([truthful(truth)], ['x.dev']);
    expect(lines).toEqual(['~ x.dev  alias of gone.nowhere, which does not exist']);
  });
});
