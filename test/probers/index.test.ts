import { describe, expect, it } from 'vitest';
import { openChosenProber } from '../../src/probers/index.js';
import type { ServerChoice } from '../../src/servers/server-choice.js';
import type { PlayedServer } from '../helpers/played.js';
import { except, fail, refuse, silent } from '../helpers/played-servers.js';
import { type HierarchyOptions, type PlayedZone, playAuthority, resolverOf } from './hierarchy.js';

const authority: ServerChoice = { scheme: 'authority', url: 'authority' };
const nameServer = '198.51.100.1';
const dev: PlayedZone = {
  servers: [nameServer],
  hosts: ['live.dev', 'offer.dev', '_for-sale.offer.dev'],
  delegated: ['lame.dev'],
};
const resolver = resolverOf({ dev });

/** The line of the delegated name for which the resolver fails. */
const delegated = (failure: string): string =>
  `~ lame.dev  delegated to ns1.example, ns2.example; the resolver fails: ${failure}`;

/** A resolver that is silent about everything from the moment at which it is first asked for a name. */
function leavingAt(last: string): PlayedServer {
  let isAway = false;
  return (query) => {
    isAway ||= query.name === last;
    return isAway ? undefined : resolver(query);
  };
}

/** Plays a run of a resolver that answers some names in another way. */
const playChosen = (
  special: PlayedServer,
  names: readonly string[],
  choices: {
    readonly others?: readonly ServerChoice[];
    readonly asksAuthorityAfterFailure?: boolean;
    readonly forSale?: boolean;
  },
) => {
  const { others = [], ...rest } = choices;
  const open: HierarchyOptions['open'] = (context, server) =>
    openChosenProber({ ...context, ...rest, servers: [server, ...others] });
  const isSpecial = (name: string) => name === 'lame.dev' || name === 'refused.dev';
  return playAuthority({ dev }, names, { resolver: except(isSpecial, special, resolver), open });
};

describe('a prober of the servers that a user has chosen', () => {
  it('asks resolvers alone by default', async () => {
    const { lines, at } = await playChosen(fail, ['lame dev', 'live dev'], {});
    expect(lines).toEqual(['+ live.dev', '? lame.dev  SERVFAIL from FIRST']);
    expect(at(nameServer)).toEqual([]);
  });

  it('asks the authority about names for which the resolvers fail, if that is wanted', async () => {
    const names = ['lame dev', 'live dev'];
    const { lines } = await playChosen(fail, names, { asksAuthorityAfterFailure: true });
    expect(lines).toEqual(['+ live.dev', delegated('SERVFAIL from FIRST')]);
  });

  it('does not ask the authority after a refusal by default', async () => {
    const { lines, at } = await playChosen(refuse, ['lame dev'], { asksAuthorityAfterFailure: true });
    expect(lines).toEqual(['? lame.dev  REFUSED from FIRST']);
    expect(at(nameServer)).toEqual([]);
  });

  it('asks the authority about names for which only silence comes, if canaries are answered meanwhile', async () => {
    const names = ['lame dev', 'live dev'];
    const { lines } = await playChosen(silent, names, { asksAuthorityAfterFailure: true });
    expect(lines).toEqual(['+ live.dev', delegated('no reply from FIRST in 3 tries')]);
  });

  it.each<[string, PlayedServer, boolean]>([
    ['no canary is answered', silent, true],
    ['there are no canaries', except((name) => name === 'lame.dev', silent, resolver), false],
    ['the server has gone away', leavingAt('lame.dev'), true],
  ])('does not ask the authority after silence if %s', async (_, special, canary) => {
    const open: HierarchyOptions['open'] = (context, server) =>
      openChosenProber({ ...context, canary, servers: [server], asksAuthorityAfterFailure: true });
    const names = ['live dev', 'lame dev'];
    const { lines, at } = await playAuthority({ dev }, names, { resolver: special, open, concurrency: 1 });
    expect(lines.filter((line) => line.includes('lame'))).toEqual([
      expect.stringMatching(/^\? lame\.dev {2}no reply from FIRST/),
    ]);
    expect(at(nameServer)).toEqual([]);
  });

  it('asks the authority about every name without an answer if that is chosen, too', async () => {
    const { lines } = await playChosen(refuse, ['lame dev', 'refused dev'], { others: [authority] });
    const refused = '  refused.dev  the resolver fails: REFUSED from FIRST';
    expect(lines).toEqual([refused, delegated('REFUSED from FIRST')]);
  });

  it('does not show the root by default the names of the own network that its resolver fails for', async () => {
    const root = '198.51.100.2';
    const zones = { '': { servers: [root] }, dev };
    const isReserved = (name: string) => name === 'x.internal' || name === 'x.test';
    const { lines, at } = await playAuthority(zones, ['x internal', 'x test'], {
      resolver: except(isReserved, fail, resolverOf(zones)),
      open: (context, server) =>
        openChosenProber({ ...context, servers: [server], asksAuthorityAfterFailure: true }),
    });
    expect(lines).toEqual(['? x.internal  SERVFAIL from FIRST', '? x.test  SERVFAIL from FIRST']);
    expect(at(root)).toEqual([]);
  });

  it('asks for offers to sell names that exist, if that is wanted', async () => {
    const { queries } = await playChosen(fail, ['live dev', 'free dev'], { forSale: true });
    const asked = queries.flat().filter(({ type }) => type === 'TXT');
    expect(asked.map(({ name }) => name)).toEqual(['_for-sale.live.dev']);
  });
});
