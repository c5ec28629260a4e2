import { describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines } from '../../../helpers/command.js';
import { type Behaviour, denyingCompactly, fromZone, type Zone } from '../../../helpers/name-server.js';

const wild = '192.0.2.66';
const ns = { NS: ['ns.example'] } as const;

/** Zones with wildcards, and names beside these. */
const zone: Zone = {
  'nic.dev': { A: ['192.0.2.1'] },
  '*.wild.dev': { A: [wild] },
  'same.wild.dev': { A: [wild] },
  'real.wild.dev': { A: ['192.0.2.1'] },
  '*.real.wild.dev': { A: ['192.0.2.2'] },
  'mail.wild.dev': { AAAA: ['2001:db8::1'] },
  '*.mail.wild.dev': { A: [wild] },
  'text.wild.dev': {},
  'alias.wild.dev': { CNAME: 'nic.dev' },
  '*.mx.dev': { MX: ['mail.example'] },
  'www.mx.dev': { A: ['192.0.2.1'] },
  'bare.mx.dev': {},
  '*.gone.dev': { CNAME: 'nowhere.dev' },
  'real.gone.dev': { A: ['192.0.2.1'] },
  'lost.gone.dev': { CNAME: 'elsewhere.dev' },
  ws: ns,
  '*.ws': { A: [wild] },
  'fixed.ws': { A: ['192.0.2.1'] },
  'same.ws': { A: [wild] },
  'own.ws': { ...ns, A: [wild] },
  'www.own.ws': { A: ['192.0.2.1'] },
};

const compact: Zone = {
  'cd.dev': ns,
  'www.cd.dev': { A: ['192.0.2.1'] },
  'mail.cd.dev': { MX: ['mail.example'] },
  'sub.cd.dev': ns,
  'a.empty.cd.dev': { A: ['192.0.2.1'] },
};

const answered = (parent: string) => `any name under .${parent} is answered`;

async function linesOf(script: ReturnType<Behaviour>, argv: readonly string[]): Promise<string[]> {
  const server = await serve(() => script);
  const { stdout } = await blogdom(['--server', server.address, ...argv]);
  // A reason that was given before is cut off.
  return sortedLines(stdout).map((line) => line.replace(/(, without an address: .*|…)$/, ''));
}

/** Asks for names by their words and their suffix, and as whole names. */
async function expectLines(
  script: ReturnType<Behaviour>,
  suffix: string,
  lines: readonly string[],
): Promise<void> {
  const words = lines.map((line) => line.slice(2).split('.')[0] ?? '');
  const sorted = lines.toSorted();
  expect(await linesOf(script, [...words, '--tld', suffix])).toEqual(sorted);
  expect(
    await linesOf(
      script,
      words.map((word) => `${word}.${suffix}`),
    ),
  ).toEqual(sorted);
}

describe('beside a wildcard, by whole name and by suffix alike,', () => {
  it('a host exists that has an address of its own, one like that of the wildcard, another type or none', async () => {
    await expectLines(fromZone(zone), 'wild.dev', [
      '+ alias.wild.dev',
      '+ mail.wild.dev',
      '+ real.wild.dev',
      '+ same.wild.dev',
      '~ text.wild.dev',
      `  nothere.wild.dev  ${answered('wild.dev')}`,
    ]);
  });

  it('of MX records, a host with an address exists', async () => {
    await expectLines(fromZone(zone), 'mx.dev', [
      '+ www.mx.dev',
      '~ bare.mx.dev',
      `  nothere.mx.dev  ${answered('mx.dev')}`,
    ]);
  });

  it('that is an alias of a name that does not exist, no name is taken', async () => {
    await expectLines(fromZone(zone), 'gone.dev', [
      '+ real.gone.dev',
      '~ lost.gone.dev  alias of elsewhere.dev, which does not exist',
      `  nothere.gone.dev  ${answered('gone.dev')}`,
    ]);
  });

  it('at a top-level domain, a host without a delegation exists', async () => {
    await expectLines(fromZone(zone), 'ws', [
      '+ fixed.ws',
      '+ own.ws',
      '+ same.ws',
      `  nothere.ws  ${answered('ws')}`,
    ]);
  });

  it('a name exists whose parent exists, too', async () => {
    const names = ['www.own.ws', 'nothere.own.ws', 'www.nothere.ws'];
    expect(await linesOf(fromZone(zone), names)).toEqual([
      '  nothere.own.ws',
      `  www.nothere.ws  ${answered('nothere.ws')}`,
      '+ www.own.ws',
    ]);
  });
});

describe('where denials are compact, by whole name and by suffix alike,', () => {
  it('names with NXNAME are absent, and others are not', async () => {
    await expectLines(denyingCompactly('cd.dev', compact), 'cd.dev', [
      '+ www.cd.dev',
      '~ empty.cd.dev',
      '~ mail.cd.dev',
      '~ sub.cd.dev',
      '  nosuch.cd.dev',
    ]);
  });

  it('but without NXNAME, names without a record are unknown', async () => {
    await expectLines(denyingCompactly('cd.dev', compact, false), 'cd.dev', [
      '+ www.cd.dev',
      `? empty.cd.dev  ${answered('cd.dev')}`,
      '~ mail.cd.dev',
      '~ sub.cd.dev',
      `? nosuch.cd.dev  ${answered('cd.dev')}`,
    ]);
  });
});
