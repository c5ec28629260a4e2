import { describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines, urlOf } from '../../helpers/command.js';
import { honest } from '../../helpers/honest.js';
import * as act from '../../helpers/name-server.js';
import { nobody } from '../../helpers/resolving.js';

const one = act.answer('192.0.2.1');
const forged = act.answer('192.0.2.66');

/** The server, URLs and tries that a result names, and its addresses or reason. */
async function probe(servers: readonly { readonly address: string }[], ...args: readonly string[]) {
  const list = servers.map(({ address }) => address).join(',');
  const { stdout, status } = await blogdom(['-s', list, '-o', 'json', 'x', ...args]);
  return { ...JSON.parse(stdout), exit: status };
}

describe.concurrent('the next server is asked', () => {
  it.each([
    ['refuses', act.refuse],
    ['fails', act.fail()],
    ['sends what cannot be read', act.unreadable()],
    ['is silent', act.silent],
  ])('where the first %s', async (_what, script) => {
    const [first, second] = [await serve(() => script), await serve(honest(() => one))];
    const result = await probe([first, second]);
    expect(result).toMatchObject({ status: 'live', server: urlOf(second), tries: 2, exit: 0 });
  });

  it('where at the first one nothing listens', async () => {
    const server = await serve(honest(() => one));
    expect(await probe([await nobody(), server])).toMatchObject({ status: 'live', server: urlOf(server) });
  });

  it('and where none can tell, the name is unknown for all their reasons', async () => {
    const [refusing, silent, gone] = [
      await serve(() => act.refuse),
      await serve(() => act.silent),
      await nobody(),
    ];
    const result = await probe([refusing, gone, silent], '--no-canary', '--timeout', '0.2', '--tries', '3');
    const reason = `REFUSED from ${urlOf(refusing)}; nothing listens at ${urlOf(gone)}; no reply from ${urlOf(silent)} in one try`;
    expect(result).toMatchObject({ status: 'unknown', reason, tries: 3, rcode: 'REFUSED', exit: 1 });
  });
});

describe.concurrent('a server', () => {
  it.each([
    ['an address and a port', '127.0.0.1', (address: string) => address],
    ['a URL', '127.0.0.1', (address: string) => `udp://${address}`],
    ['an IPv6 address', '::1', (address: string) => address],
    ['a URL with an IPv6 address', '::1', (address: string) => `udp://${address}`],
  ])('may be given as %s', async (_what, host, form) => {
    const server = await serve(
      honest(() => one),
      { host },
    );
    const result = await probe([{ address: form(server.address) }]);
    expect(result).toMatchObject({ status: 'live', server: urlOf(server) });
  });

  it('that does not exist is never taken for a server that denies a name', async () => {
    const result = await probe([await nobody()], '--tries', '2');
    expect(result).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('nothing listens at udp://'),
    });
    expect(result).toMatchObject({ addresses: [], exit: 1 });
    expect(result).not.toHaveProperty('rcode');
  });
});

describe.concurrent('a reply', () => {
  it('that is lost is asked for again', async () => {
    const server = await serve(honest(() => act.lose(2, one)));
    const result = await probe([server], '--timeout', '0.2');
    expect(result).toMatchObject({ status: 'live', exit: 0 });
    expect(result.tries).toBeGreaterThanOrEqual(3);
  });

  it('in three that is lost does not lose a name', async () => {
    const words = Array.from({ length: 60 }, (_, index) => `${index % 2 ? 'live' : 'free'}${index}`);
    const whole = honest(({ name }) => (name.startsWith('live') ? one : act.deny));
    const server = await serve((query) => act.loseSome(0.3, 1, whole(query)));
    const { stdout, status } = await blogdom(['-s', server.address, '--tries', '20', ...words]);
    const lines = words.map((word) => `${word.startsWith('live') ? '+' : ' '} ${word}.dev`);
    expect(sortedLines(stdout)).toEqual(lines.toSorted());
    expect(status).toBe(0);
  });

  const forgeries = [
    ...[act.wrongId(forged), act.wrongName(forged), act.wrongType(forged), act.notAReply(forged)],
    ...[act.fromOtherPort(forged), act.fromOtherAddress(forged), act.rubbish(), act.wrongId(act.deny)],
  ];

  it('that is forged is passed over', async () => {
    const server = await serve(honest(() => [...forgeries, act.twice(one)]));
    expect(await probe([server])).toMatchObject({ status: 'live', addresses: ['192.0.2.1'] });
  });

  it('that is forged does not stand for one that never comes', async () => {
    const server = await serve(() => forgeries);
    const result = await probe([server], '--timeout', '0.2', '--tries', '2');
    expect(result).toMatchObject({ status: 'unknown', reason: `no reply from ${urlOf(server)} in 2 tries` });
  });
});

describe.concurrent('a reply that does not fit into a datagram', () => {
  it('is asked for over TCP', async () => {
    const addresses = Array.from({ length: 40 }, (_, index) => `192.0.2.${index}`);
    const server = await serve({ 'x.dev': { A: addresses } });
    expect(await probe([server], '--no-canary')).toMatchObject({ status: 'live', addresses, tries: 1 });
    expect(server.queries.map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
  });

  it('is never taken for the answer that it is cut from', async () => {
    const server = await serve(() => act.truncated(act.deny), { tcp: false });
    const reason = `nothing listens at tcp://${server.address}`;
    expect(await probe([server])).toMatchObject({ status: 'unknown', reason, exit: 1 });
  });

  it.each([
    ['reset', act.reset, 'connection reset by'],
    ['cut off', act.cutShort(one), 'connection closed by'],
  ])('makes the name unknown where the connection is %s', async (_what, tcp, why) => {
    const server = await serve(() => act.byTransport({ udp: act.truncated(one), tcp }));
    const reason = `${why} tcp://${server.address}`;
    expect(await probe([server])).toMatchObject({ status: 'unknown', reason, exit: 1 });
  });
});

describe.concurrent('--server system', () => {
  it('finds what the hosts file has', async () => {
    const { stdout, stderr, status } = await blogdom(['-s', 'system', '-o', 'json', 'localhost.']);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'localhost', status: 'live', server: 'system' });
    expect(['127.0.0.1', '::1']).toEqual(expect.arrayContaining(JSON.parse(stdout).addresses));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('cannot tell that a name is absent', async () => {
    const { stdout, status } = await blogdom(['-s', 'system', '--timeout', '3', 'something.invalid']);
    // The second reason stands where the machine has no name server that it could ask.
    expect(stdout).toMatch(
      /^\? something\.invalid {2}(no address, and getaddrinfo does not say why|getaddrinfo failed with EAI_AGAIN|no reply from getaddrinfo.*)\n$/,
    );
    expect(status).toBe(1);
  });
});

describe('-v', () => {
  it('says on standard error what is asked of whom, for how long, and what is asked again and why', async () => {
    const [refusing, losing] = [await serve(() => act.refuse), await serve(() => act.lose(1, one))];
    const servers = `${refusing.address},${losing.address}`;
    const { stdout, stderr, status } = await blogdom([
      ...['-v', '--no-canary', '-s', servers],
      ...['--timeout', '0.2', '--tries', '5', 'x'],
    ]);
    const [first, ...rest] = stderr.split('\n');
    expect(first).toContain(`${urlOf(refusing)}, ${urlOf(losing)}`);
    expect(first).toContain('0.2 s and 5 tries');
    expect(rest[0]).toBe(`blogdom: x.dev A: REFUSED from ${urlOf(refusing)}; try 2 of 5: ${urlOf(losing)}`);
    expect(rest[1]).toBe(`blogdom: x.dev A: no reply from ${urlOf(losing)}; try 3 of 5: ${urlOf(losing)}`);
    expect({ stdout, status }).toEqual({ stdout: '+ x.dev\n', status: 0 });
  });

  it('says what the canaries are asked', async () => {
    const server = await serve(honest(() => one));
    const { stderr } = await blogdom(['-v', '-s', server.address, 'x']);
    const [, ...rest] = stderr.trimEnd().split('\n');
    const label = '[a-z2-7]{26}';
    expect(rest).toEqual([
      `blogdom: canary: ${urlOf(server)} is asked for dev NS`,
      expect.stringMatching(new RegExp(`^blogdom: canary: ${urlOf(server)} is asked for ${label}\\.dev A$`)),
    ]);
  });
});
