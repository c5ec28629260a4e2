import { describe, expect, it, onTestFinished } from 'vitest';
import { openUpstreams } from '../../../src/dns/resolver/upstreams.js';
import { systemPlatform } from '../../../src/dns/transport/platform.js';
import { marks } from '../../../src/probe/result.js';
import { openAuthority } from '../../../src/probers/authority.js';
import { openWithAuthority } from '../../../src/probers/with-authority.js';
import { parseServer } from '../../../src/servers/server-choice.js';
import { record } from '../../helpers/name-server/reply.js';
import {
  authoritative,
  explained,
  fail,
  fromZone,
  noData,
  refuse,
  reply,
  silent,
  type Zone,
} from '../../helpers/name-server.js';
import { candidateOf } from '../../helpers/played.js';
import { serve } from '../../helpers/serve.js';

type Script = Zone[string];

/** What both servers know. */
const suffix = {
  dev: { NS: ['ns1.nic.dev'] },
  'ns1.nic.dev': { A: ['127.0.0.1'] },
  'live.dev': { A: ['192.0.2.1'] },
};

const aliases = (...chain: readonly string[]) =>
  chain.slice(1).map((target, index) => record('CNAME', chain[index] ?? '', target));

/** The replies of the servers of the suffix about failing.dev. */
const delegation = reply({ authorities: [record('NS', 'failing.dev', 'ns1.example')] });
const aliasToDead = reply({ answers: aliases('failing.dev', 'www.dead.example') });
const aliasLoop = reply({ answers: aliases('failing.dev', 'y.dev', 'failing.dev') });

/** Probes failing.dev at a resolver, beside the servers of its suffix. Returns the line, in which RESOLVER stands for the resolver's URL. */
async function probeBeside(ofResolver: Script, ofAuthority: Script): Promise<string> {
  const resolver = await serve({ ...suffix, 'failing.dev': ofResolver });
  const authority = await serve(() => authoritative(fromZone({ ...suffix, 'failing.dev': ofAuthority })));
  const server = parseServer(`udp://${resolver.address}`);
  if (server === undefined) throw new Error('Expected the resolver to have an address');
  const upstreams = openUpstreams({ platform: systemPlatform, timeout: 500 });
  const known = { upstreams, servers: [server], tries: 2, canary: true };
  const prober = openWithAuthority(known, () => openAuthority({ ...known, port: authority.port }));
  onTestFinished(() => {
    prober.close();
    upstreams.close();
  });
  const live = prober.probe(candidateOf('live dev'));
  const { status, name, reason } = await prober.probe(candidateOf('failing dev'));
  expect(await live).toMatchObject({ status: 'live', reason: undefined });
  return `${marks[status]} ${name}  ${reason}`.replaceAll(server.url, 'RESOLVER');
}

const dead = 'no reachable authority';
const delegated = 'delegated to ns1.example';
const withCause = (rcode: 'SERVFAIL' | 'REFUSED', cause: string) => `${rcode} from RESOLVER: ${cause}`;

describe('a name for which a resolver fails has the words of the authority and of the resolver', () => {
  it.each<[string, Script, Script, string, string]>([
    [
      'whose name servers are dead or refuse',
      explained(22, fail()),
      delegation,
      delegated,
      withCause('SERVFAIL', dead),
    ],
    [
      'whose name servers do not have it',
      explained(20, fail()),
      delegation,
      delegated,
      withCause('SERVFAIL', 'not authoritative'),
    ],
    [
      'that is in a loop of aliases',
      fail(),
      aliasLoop,
      'alias of failing.dev, no address given',
      'SERVFAIL from RESOLVER',
    ],
    [
      'that it blocks',
      explained(15, fail()),
      delegation,
      delegated,
      withCause('SERVFAIL', 'blocked by policy'),
    ],
    [
      'that it blocks by refusing it',
      explained(17, refuse),
      delegation,
      delegated,
      withCause('REFUSED', 'blocked by policy: filtered'),
    ],
    [
      'for a reason without a name',
      explained(0, fail()),
      delegation,
      delegated,
      withCause('SERVFAIL', 'other error'),
    ],
    ['about which it is silent', silent, delegation, delegated, 'no reply from RESOLVER in 2 tries'],
  ])('%s', async (_, ofResolver, ofAuthority, own, failure) => {
    expect(await probeBeside(ofResolver, ofAuthority)).toBe(
      `~ failing.dev  ${own}; the resolver fails: ${failure}`,
    );
  });

  it('but not if the resolver has an alias for it, which shows that it exists', async () => {
    const aliasAndFailure = reply({ rcode: 'SERVFAIL', answers: aliases('failing.dev', 'www.dead.example') });
    const line = await probeBeside(explained(22, aliasAndFailure), aliasToDead);
    expect(line).toBe(`~ failing.dev  alias of www.dead.example: ${withCause('SERVFAIL', dead)}`);
  });

  it('even if it does not exist', async () => {
    const line = await probeBeside(fail(), fromZone({ dev: {} }));
    expect(line).toBe('  failing.dev  the resolver fails: SERVFAIL from RESOLVER');
  });
});

it.each(['127.0.0.1', '0.0.0.0'])('a name has the address %s if the authority says so', async (address) => {
  const found = reply({ answers: [record('A', 'failing.dev', address)] });
  expect(await probeBeside(found, found)).toBe('+ failing.dev  undefined');
});

describe('a name stays unknown', () => {
  it.each<[string, Script, Script, string]>([
    ['that a resolver refuses without a reason', refuse, delegation, 'REFUSED from RESOLVER'],
    ['if the authority fails, too', fail(), fail(), 'SERVFAIL from RESOLVER'],
    [
      'if the authority only refers upwards',
      fail(),
      reply({ authorities: [record('NS', '.', 'a.root.example')] }),
      'SERVFAIL from RESOLVER',
    ],
  ])('%s', async (_, ofResolver, ofAuthority, reason) => {
    expect(await probeBeside(ofResolver, ofAuthority)).toBe(`? failing.dev  ${reason}`);
  });

  it('but is taken if the resolver says nothing of it and the authority has no address', async () => {
    const line = await probeBeside(silent, noData);
    expect(line).toMatch(/^~ failing\.dev {2}the resolver fails: no reply from RESOLVER/);
  });
});
