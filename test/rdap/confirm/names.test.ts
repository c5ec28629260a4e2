import { describe, expect, it } from 'vitest';
import { blogdom, sortedLines } from '../../helpers/command.js';
import * as dns from '../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { confirm, nameServer } from './asking.js';

describe.concurrent('the name asked for', () => {
  it.each([
    ['for', 'for.dev'],
    ['www.for.dev', 'for.dev'],
    ['a.b.for.dev', 'for.dev'],
    ['x.co.uk', 'x.co.uk'],
    ['www.x.co.uk', 'x.co.uk'],
    ['x.uk', 'x.uk'],
    ['www.city.kobe.jp', 'city.kobe.jp'],
    ['a.b.c.kobe.jp', 'b.c.kobe.jp'],
    ['bücher', 'xn--bcher-kva.dev'],
    // The list's other part, of those who give away names below their own, is not the registries'.
    ['me.github.io', 'github.io'],
  ])('is, of %s, the registrable one', async (word, name) => {
    const registry = await serveRdap(() => act.notFound());
    const { url } = registry;
    const { stdout } = await confirm({ dev: url, uk: url, jp: url, io: url }, [word]);
    expect(registry.requests.map((request) => request.name)).toEqual([name]);
    expect(stdout).toMatch(/^\* /);
  });

  it('is joined from a word and a suffix of several labels', async () => {
    const registry = await serveRdap({ 'long.co.uk': act.found() });
    const { stdout } = await confirm({ uk: registry.url }, ['-t', 'co.uk', 'long']);
    expect(stdout).toBe('~ long.co.uk  registered\n');
  });

  it.each(['co.uk', 'foo.kobe.jp'])('is none for %s, a public suffix itself', async (name) => {
    const registry = await serveRdap({});
    const { stdout, status } = await confirm({ uk: registry.url, jp: registry.url }, [name]);
    expect({ stdout, status }).toEqual({
      stdout: `  ${name}  could not be confirmed: it is a public suffix\n`,
      status: 0,
    });
    expect(registry.requests).toEqual([]);
  });

  it('tells, where it is another one, which name is registered', async () => {
    const registry = await serveRdap({ 'for.dev': act.found(['client hold']) });
    const { stdout } = await confirm({ dev: registry.url }, ['www.for.dev']);
    expect(stdout).toBe('~ www.for.dev  for.dev is registered, client hold\n');
  });
});

it('asks the registry with the longest suffix, by whole labels', async () => {
  const [uk, coUk, dev] = [await serveRdap({}), await serveRdap({}), await serveRdap({})];
  await confirm({ uk: uk.url, 'co.uk': coUk.url, dev: dev.url }, [
    'abc.uk',
    'abc.co.uk',
    'abco.uk',
    'abc.dev',
  ]);
  expect(uk.requests.map(({ name }) => name).toSorted()).toEqual(['abc.uk', 'abco.uk']);
  expect(coUk.requests.map(({ name }) => name)).toEqual(['abc.co.uk']);
  expect(dev.requests.map(({ name }) => name)).toEqual(['abc.dev']);
});

it('says of a name that may be reserved that it may be, where it is unregistered', async () => {
  const registry = await serveRdap({ 'ac.dev': act.found() });
  const words = ['a', 'ab', 'a1', 'ac', 'abc', 'example', 'nic', 'www', 'whois', 'examples'];
  const { stdout } = await confirm({ dev: registry.url }, words);
  expect(sortedLines(stdout)).toEqual([
    '* a.dev  may be reserved',
    '* a1.dev  may be reserved',
    '* ab.dev  may be reserved',
    '* abc.dev',
    '* example.dev  may be reserved',
    '* examples.dev',
    '* nic.dev  may be reserved',
    '* whois.dev  may be reserved',
    '* www.dev  may be reserved',
    '~ ac.dev  registered',
  ]);
});

it('asks no registry about what the DNS has, nor about anything without --confirm', async () => {
  const registry = await serveRdap({});
  const server = await nameServer({ 'live.dev': dns.answer('192.0.2.1'), 'bare.dev': dns.noData });
  const { args, env } = await confirmBy({ dev: registry.url });
  const known = await blogdom(['-s', server.address, ...args, 'live', 'bare'], { env });
  expect(sortedLines(known.stdout)).toEqual(['+ live.dev', '~ bare.dev']);
  expect((await blogdom(['-s', server.address, 'free'], { env })).stdout).toBe('  free.dev\n');
  expect(registry.requests).toEqual([]);
});
