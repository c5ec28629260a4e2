import { describe, expect, it } from 'vitest';
import { openChosenProber } from '../../src/probers/index.js';
import type { ServerChoice } from '../../src/servers/server-choice.js';
import type { PlayedServer } from '../helpers/played.js';
import { except, fail, refuse } from '../helpers/played-servers.js';
import { type HierarchyOptions, type PlayedZone, playAuthority, resolverOf } from './hierarchy.js';

const authority: ServerChoice = { scheme: 'authority', url: 'authority' };
const nameServer = '198.51.100.1';
const dev: PlayedZone = {
  servers: [nameServer],
  hosts: ['live.dev', 'offer.dev', '_for-sale.offer.dev'],
  delegated: ['lame.dev'],
};
const resolver = resolverOf({ dev });

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
    expect(lines).toEqual(['+ live.dev', '~ lame.dev  delegated, but its name servers do not answer']);
  });

  it('does not ask the authority after a refusal by default', async () => {
    const { lines, at } = await playChosen(refuse, ['lame dev'], { asksAuthorityAfterFailure: true });
    expect(lines).toEqual(['? lame.dev  REFUSED from FIRST']);
    expect(at(nameServer)).toEqual([]);
  });

  it('asks the authority about every name without an answer if that is chosen, too', async () => {
    const { lines } = await playChosen(refuse, ['lame dev', 'refused dev'], { others: [authority] });
    expect(lines).toEqual(['  refused.dev', '~ lame.dev  delegated to ns1.example, ns2.example']);
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
