import { beforeAll, expect, it } from 'vitest';
import { sampleLines } from '../helpers/sample-zone.js';
import { type ForeignServer, startNsd, startUnbound } from '../helpers/system/name-servers.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';
import { bigAddresses } from '../helpers/system/zones.js';

/** Asks without EDNS (RFC 1035) and without a second try over TCP. */
const digOverUdp = async (port: number, name: string) =>
  (await run(['dig', '@127.0.0.1', '-p', `${port}`, '+noedns', '+ignore', name])).stdout;

function expectBigAnswer({ stdout }: { readonly stdout: string }): void {
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'live',
    addresses: expect.arrayContaining(bigAddresses),
  });
  expect(JSON.parse(stdout)).toHaveProperty('addresses.length', bigAddresses.length);
}

/** The message about a run whose only name is denied. */
const noteOf = (line: string): string =>
  line.startsWith(' ')
    ? 'blogdom: no name under .dev is known to exist, so a filter of all its names would go unnoticed\n'
    : '';

describeSystem('blogdom with nsd, an authoritative server,', ['nsd', 'dig'], () => {
  let nsd: ForeignServer;
  beforeAll(async () => {
    nsd = await startNsd();
    return nsd.stop;
  });
  const ask = (...args: readonly string[]) => run([blogdom, '-s', `127.0.0.1:${nsd.port}`, ...args]);

  it('prints the sample run', async () => {
    expect(await ask()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
  });

  it.each([
    ['a name with only an IPv6 address', 'six', '+ six.dev'],
    ['an alias', 'way', '+ way.dev'],
    ['an alias to nowhere', 'alias', '~ alias.dev  alias of gone.dev, which does not exist'],
    ['a name below a DNAME record', 'www.old.dev', '+ www.old.dev'],
    ['a name with only a mail server', 'mail', '~ mail.dev'],
    ['a name without records that has names below it', 'wood', '~ wood.dev'],
    ['a delegated name', 'let', '~ let.dev  delegated'],
    ['a name that does not exist', 'gone', '  gone.dev'],
    ['a name in capitals', 'NOT', '+ not.dev'],
  ])('prints %s', async (_kind, word, line) => {
    expect(await ask(word)).toMatchObject({ status: 0, stdout: `${line}\n`, stderr: noteOf(line) });
  });

  it('prints a name that exists only because of a wildcard as absent, with a note', async () => {
    expect(await ask('any.wild.dev')).toMatchObject({
      status: 0,
      stdout: '  any.wild.dev  any name under .wild.dev is answered\n',
      stderr: expect.stringContaining('answers for any name under .wild.dev'),
    });
  });

  it('prints a name below a delegated one as unknown', async () => {
    const { status, stdout } = await ask('www.let.dev');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\? www\.let\.dev {2}.*let\.dev\n$/);
  });

  it('gets over TCP the answer that is truncated over UDP', async () => {
    expect(await digOverUdp(nsd.port, 'big.dev')).toMatch(/flags:[^;]* tc\b/);
    expectBigAnswer(await ask('big', '-o', 'json'));
  });
});

describeSystem('blogdom with nsd at an IPv6 address', ['nsd'], () => {
  it('prints the sample run', async () => {
    const nsd = await startNsd({ host: '::1' });
    try {
      const { status, lines } = await run([blogdom, '-s', `[::1]:${nsd.port}`]);
      expect({ status, lines }).toEqual({ status: 0, lines: sampleLines });
    } finally {
      await nsd.stop();
    }
  });
});

describeSystem('blogdom with unbound, a resolver,', ['nsd', 'unbound', 'dig'], () => {
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

  it('prints the sample run twice, the second time from the cache', async () => {
    expect(await ask()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
    expect(await ask()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
  });

  it.each([
    ['a name with only an IPv6 address', 'six', '+ six.dev'],
    ['an alias', 'way', '+ way.dev'],
    ['an alias into another zone', 'away', '+ away.dev'],
    ['an alias to nowhere', 'alias', '~ alias.dev  alias of gone.dev, which does not exist'],
    [
      'an alias to nowhere in another zone',
      'lost',
      '~ lost.dev  alias of gone.example, which does not exist',
    ],
    ['a name below a DNAME record', 'www.old.dev', '+ www.old.dev'],
    ['a name with only a mail server', 'mail', '~ mail.dev'],
    ['a name without records that has names below it', 'wood', '~ wood.dev'],
    ['a name that does not exist', 'gone', '  gone.dev'],
  ])('prints %s', async (_kind, word, line) => {
    expect(await ask(word)).toMatchObject({ status: 0, stdout: `${line}\n`, stderr: noteOf(line) });
  });

  it('prints a name as unknown if its top-level domain does not exist, and as absent with --no-canary', async () => {
    const reason = 'there is no top-level domain .gone';
    const stdout = `? gone.gone  ${reason}\n`;
    expect(await ask('gone.gone')).toMatchObject({ status: 1, stdout, stderr: `blogdom: ${reason}\n` });
    const denied = { status: 0, stdout: '  gone.gone\n', stderr: '' };
    expect(await ask('--no-canary', 'gone.gone')).toMatchObject(denied);
  });

  it('prints a delegated name as unknown if its name servers cannot be reached', async () => {
    const { status, stdout } = await ask('let');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\? let\.dev {2}.*SERVFAIL/);
  });

  it('gets over TCP the answer that is truncated over UDP', async () => {
    expect(await digOverUdp(port, 'big.dev')).toMatch(/flags:[^;]* tc\b/);
    expectBigAnswer(await ask('big', '-o', 'json'));
  });
});
