import { describe, expect, it } from 'vitest';
import { serve } from '../../helpers/command.js';
import type { Script } from '../../helpers/name-server/action.js';
import { startOfAuthority } from '../../helpers/name-server/reply.js';
import { type Behaviour, deny, fromZone, inTurn, refuse, reply, silent } from '../../helpers/name-server.js';
import { ask, denying, except, truthful, zone } from '../../helpers/network.js';

const words = ['live', 'taken', 'free'];
const devLines = ['  free.dev', '+ live.dev', '~ taken.dev'];
const isRoot = (name: string) => name === '.';

/** A server that knows one suffix, and nothing else. */
const internal = (root: Script): Behaviour => {
  const known = fromZone({ corp: {}, 'host.corp': { A: ['192.0.2.9'] } });
  return ({ name }) => (isRoot(name) ? root : /(^|\.)corp$/.test(name) ? known : deny);
};

describe.concurrent.each<[string, Script]>([
  ['denies', deny],
  ['refuses', refuse],
])(
  'a server that knows one suffix of its own and %s the root, beside one that knows all others,',
  (_root, root) => {
    it.each([
      ['first', true],
      ['second', false],
    ])('costs no answer if it is the %s one', async (_place, isFirst) => {
      const servers = [await serve(internal(root)), await serve(truthful())];
      if (!isFirst) servers.reverse();
      const names = [...words.map((word) => `${word}.dev`), 'host.corp', 'none.corp'];
      const { lines } = await ask(servers, '--tries', '2', '--timeout', '0.5', ...names);
      expect(lines).toEqual(['  free.dev', '  none.corp', '+ host.corp', '+ live.dev', '~ taken.dev']);
    });
  },
);

describe.concurrent('two servers that know the root', () => {
  it.each([
    ['the first', true],
    ['the second', false],
  ])('make the names of a suffix unknown if %s denies it, and say so', async (_place, isFirst) => {
    const servers = [await serve(denying('dev', truthful())), await serve(truthful())];
    if (!isFirst) servers.reverse();
    const { lines, notes, status } = await ask(servers, ...words);
    const reason = isFirst ? 'FIRST denies .dev, which SECOND has' : 'SECOND denies .dev, which FIRST has';
    expect(lines).toEqual(words.map((word) => `? ${word}.dev  ${reason}`).toSorted());
    expect({ notes, status }).toEqual({ notes: [`blogdom: ${reason}`], status: 1 });
  });

  it('agree about other suffixes', async () => {
    const servers = [await serve(denying('dev', truthful())), await serve(truthful())];
    const { lines } = await ask(servers, 'live', 'free', '-t', 'dev,example');
    expect(lines.filter((line) => line.includes('example'))).toEqual(['  free.example', '+ live.example']);
  });

  it('are not needed: one that does not answer holds nothing up', async () => {
    const servers = [await serve(truthful()), await serve(() => silent)];
    const { lines, status } = await ask(servers, '--timeout', '0.2', ...words);
    expect({ lines, status }).toEqual({ lines: devLines, status: 0 });
  });
});

describe.concurrent('a denial in the name of the root', () => {
  const byRoot = reply({ rcode: 'NXDOMAIN', authorities: [startOfAuthority('.')] });
  const withoutAuthority = reply({ rcode: 'NXDOMAIN' });

  it('contradicts a suffix that exists and makes the name unknown', async () => {
    const server = await serve(except((name) => name === 'x.dev', byRoot, truthful()));
    const { lines, status } = await ask([server], 'x', 'free', 'live');
    expect(lines).toEqual(['  free.dev', '+ live.dev', expect.stringMatching(/^\? x\.dev {2}FIRST .*root/)]);
    expect(status).toBe(1);
  });

  it('is asked about again', async () => {
    const server = await serve({ ...zone, 'x.dev': inTurn(byRoot, deny) });
    expect(await ask([server], 'x')).toMatchObject({ lines: ['  x.dev'], status: 0 });
  });

  it('is asked about elsewhere', async () => {
    const odd = except((name) => name === 'x.dev', byRoot, truthful());
    const servers = [await serve(odd), await serve(odd), await serve(truthful())];
    expect(await ask(servers, 'x')).toMatchObject({ lines: ['  x.dev'], status: 0 });
  });

  it('is no contradiction without an SOA record', async () => {
    const server = await serve(except((name) => name === 'x.dev', withoutAuthority, truthful()));
    expect(await ask([server], 'x')).toMatchObject({ lines: ['  x.dev'], status: 0 });
  });
});
