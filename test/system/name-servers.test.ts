import { beforeAll, expect, it } from 'vitest';
import { sampleLines } from '../helpers/sample-zone.js';
import { type ForeignServer, startNsd, startUnbound } from '../helpers/system/name-servers.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';
import { bigAddresses } from '../helpers/system/zones.js';

/** Plain DNS as of 1987, without a second try over TCP. */
const askOnce = async (port: number, name: string) =>
  (await run(['dig', '@127.0.0.1', '-p', `${port}`, '+noedns', '+ignore', name])).stdout;

function expectBigAnswer({ stdout }: { readonly stdout: string }): void {
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'live',
    addresses: expect.arrayContaining(bigAddresses),
  });
  expect(JSON.parse(stdout)).toHaveProperty('addresses.length', bigAddresses.length);
}

describeSystem('an authoritative server, nsd', ['nsd', 'dig'], () => {
  let nsd: ForeignServer;
  beforeAll(async () => {
    nsd = await startNsd();
    return nsd.stop;
  });
  const ask = (...args: readonly string[]) => run([blogdom, '-s', `127.0.0.1:${nsd.port}`, ...args]);

  it('gives the sample run', async () => {
    expect(await ask()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
  });

  it.each([
    ['a name with an IPv6 address alone', 'six', '+ six.dev'],
    ['a name that a wildcard covers', 'any.wild.dev', '+ any.wild.dev'],
    ['an alias', 'way', '+ way.dev'],
    ['an alias to nowhere', 'alias', '~ alias.dev  alias of gone.dev, which does not exist'],
    ['a name below one that is renamed', 'www.old.dev', '+ www.old.dev'],
    ['a name with mail alone', 'mail', '~ mail.dev'],
    ['a name that only has others below it', 'wood', '~ wood.dev'],
    ['a delegated name', 'let', '~ let.dev  delegated'],
    ['a name that is not there', 'gone', '  gone.dev'],
    ['a name in capitals', 'NOT', '+ not.dev'],
  ])('knows %s', async (_what, word, line) => {
    expect(await ask(word)).toMatchObject({ status: 0, stdout: `${line}\n`, stderr: '' });
  });

  it('knows nothing of what is below a delegated name', async () => {
    const { status, stdout } = await ask('www.let.dev');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\? www\.let\.dev {2}.*let\.dev\n$/);
  });

  it('sends over TCP what it truncates over UDP', async () => {
    expect(await askOnce(nsd.port, 'big.dev')).toMatch(/flags:[^;]* tc\b/);
    expectBigAnswer(await ask('big', '-o', 'json'));
  });
});

describeSystem('an authoritative server, nsd, at an IPv6 address', ['nsd'], () => {
  it('gives the sample run', async () => {
    const nsd = await startNsd({ host: '::1' });
    try {
      const { status, lines } = await run([blogdom, '-s', `[::1]:${nsd.port}`]);
      expect({ status, lines }).toEqual({ status: 0, lines: sampleLines });
    } finally {
      await nsd.stop();
    }
  });
});

describeSystem('a resolver, unbound', ['nsd', 'unbound', 'dig'], () => {
  let port: number;
  beforeAll(async () => {
    const nsd = await startNsd();
    const unbound = await startUnbound(nsd.port);
    port = unbound.port;
    return async () => {
      await unbound.stop();
      await nsd.stop();
    };
  });
  const ask = (...args: readonly string[]) => run([blogdom, '-s', `127.0.0.1:${port}`, ...args]);

  it('gives the sample run, from the name server and again from its cache', async () => {
    expect(await ask()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
    expect(await ask()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
  });

  it.each([
    ['a name with an IPv6 address alone', 'six', '+ six.dev'],
    ['an alias', 'way', '+ way.dev'],
    ['an alias into another zone', 'away', '+ away.dev'],
    ['an alias to nowhere', 'alias', '~ alias.dev  alias of gone.dev, which does not exist'],
    [
      'an alias to nowhere in another zone',
      'lost',
      '~ lost.dev  alias of gone.example, which does not exist',
    ],
    ['a name below one that is renamed', 'www.old.dev', '+ www.old.dev'],
    ['a name with mail alone', 'mail', '~ mail.dev'],
    ['a name that only has others below it', 'wood', '~ wood.dev'],
    ['a name that is not there', 'gone', '  gone.dev'],
  ])('knows %s', async (_what, word, line) => {
    expect(await ask(word)).toMatchObject({ status: 0, stdout: `${line}\n`, stderr: '' });
  });

  it('knows a top-level domain that is not there, under which no name has an answer', async () => {
    const reason = 'there is no top-level domain .gone';
    const stdout = `? gone.gone  ${reason}\n`;
    expect(await ask('gone.gone')).toMatchObject({ status: 1, stdout, stderr: `blogdom: ${reason}\n` });
    const denied = { status: 0, stdout: '  gone.gone\n', stderr: '' };
    expect(await ask('--no-canary', 'gone.gone')).toMatchObject(denied);
  });

  it('does not get through to the name servers of a delegated name', async () => {
    const { status, stdout } = await ask('let');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\? let\.dev {2}.*SERVFAIL/);
  });

  it('sends over TCP what it truncates over UDP', async () => {
    expect(await askOnce(port, 'big.dev')).toMatch(/flags:[^;]* tc\b/);
    expectBigAnswer(await ask('big', '-o', 'json'));
  });
});
