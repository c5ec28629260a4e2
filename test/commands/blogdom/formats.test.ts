import { beforeAll, describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines, urlOf } from '../../helpers/command.js';
import { type NameServer, refuse, silent } from '../../helpers/name-server.js';

let server: NameServer;
let url: string;

beforeAll(async () => {
  server = await serve({
    'two.dev': { A: ['192.0.2.1', '192.0.2.2'], AAAA: ['2001:db8::1'] },
    'six.dev': { AAAA: ['2001:db8::1', '2001:db8::2'] },
    'xn--bcher-kva.co.uk': { A: ['192.0.2.3'] },
    'alias.dev': { CNAME: 'gone.example' },
    'refused.dev': refuse,
    'mute.dev': silent,
  });
  url = urlOf(server);
});

/** What the tests of the server have shown, once both are back. */
const canaries = (suffix: string) => [
  `${suffix} exists`,
  expect.stringMatching(`^[a-z0-9]{16,}\\.${suffix.replace('.', '\\.')} does not exist$`),
];

/** With one try each, so that the number of tries is known. */
const ask = (...args: readonly string[]) => blogdom(['-s', server.address, '--tries', '1', ...args]);

const aliasReason = 'alias of gone.example, which does not exist';

describe.concurrent('--format json', () => {
  const live = { status: 'live', addresses: ['192.0.2.1', '192.0.2.2'], rcode: 'NOERROR' };

  it.each([
    [
      'a live name',
      ['two'],
      { name: 'two.dev', word: 'two', tld: 'dev', ...live },
      1,
      ['A: NOERROR, address', ...canaries('dev')],
    ],
    [
      'a name with IPv6 addresses only, which takes two queries',
      ['six.dev'],
      {
        ...{ name: 'six.dev', word: 'six', tld: 'dev', status: 'live' },
        ...{ addresses: ['2001:db8::1', '2001:db8::2'], rcode: 'NOERROR' },
      },
      2,
      ['A: NOERROR, no record', 'AAAA: NOERROR, address', ...canaries('dev')],
    ],
    [
      'a name that is not all ASCII, and its longer suffix',
      ['Bücher', '-t', 'CO.UK'],
      {
        ...{ name: 'xn--bcher-kva.co.uk', unicode: 'bücher.co.uk', word: 'xn--bcher-kva', tld: 'co.uk' },
        ...{ status: 'live', addresses: ['192.0.2.3'], rcode: 'NOERROR' },
      },
      1,
      ['A: NOERROR, address', ...canaries('co.uk')],
    ],
    [
      'a whole name, whose top-level domain is its last label',
      ['free.co.uk'],
      {
        ...{ name: 'free.co.uk', word: 'free.co', tld: 'uk', status: 'absent' },
        ...{ addresses: [], rcode: 'NXDOMAIN' },
      },
      1,
      ['A: NXDOMAIN', 'uk exists'],
    ],
    [
      'a taken name, with the reason',
      ['alias'],
      {
        ...{ name: 'alias.dev', word: 'alias', tld: 'dev', status: 'taken', reason: aliasReason },
        ...{ addresses: [], rcode: 'NXDOMAIN' },
      },
      1,
      ['A: NXDOMAIN, alias', ...canaries('dev')],
    ],
  ])('describes %s', async (_what, args, result, tries, evidence) => {
    const { stdout, stderr, status } = await ask('-o', 'json', ...args);
    const expected = {
      ...{ ...result, server: url, tries, ms: expect.any(Number) },
      evidence: expect.arrayContaining(evidence),
    };
    // The entries, because the order of the keys is part of the format.
    expect(Object.entries(JSON.parse(stdout))).toEqual(Object.entries(expected));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each([
    ['a refusal', 'refused', { reason: 'REFUSED from SERVER', addresses: [], rcode: 'REFUSED' }],
    [
      'silence, which has no response code',
      'mute',
      { reason: 'no reply from SERVER in one try', addresses: [] },
    ],
  ])('describes %s', async (_what, word, result) => {
    const { stdout, status } = await ask('-o', 'json', '--timeout', '0.3', word);
    const expected = {
      ...{ name: `${word}.dev`, word, tld: 'dev', status: 'unknown', ...result },
      ...{ server: 'SERVER', tries: 1, ms: expect.any(Number), evidence: [result.reason] },
    };
    expect(Object.entries(JSON.parse(stdout.replaceAll(url, 'SERVER')))).toEqual(Object.entries(expected));
    expect(status).toBe(1);
  });

  it('is one object a line', async () => {
    const { stdout } = await ask('-o', 'json', 'two', 'six', 'free');
    const names = sortedLines(stdout).map((line) => JSON.parse(line).name);
    expect(names).toEqual(['free.dev', 'six.dev', 'two.dev']);
  });
});

describe.concurrent('--format csv', () => {
  const header = 'name,word,tld,status,reason,addresses,rcode,server,tries,ms';

  it('has a header, and a row for each name', async () => {
    const { stdout, stderr, status } = await ask('-o', 'csv', 'two', 'free', 'refused', 'alias');
    const [first, ...rows] = stdout.replaceAll(url, 'SERVER').replace(/\n$/, '').split('\n');
    expect(first).toBe(header);
    expect(rows.toSorted().map((row) => row.replace(/,\d+(\.\d+)?$/, ',MS'))).toEqual([
      `alias.dev,alias,dev,taken,"${aliasReason}",,NXDOMAIN,SERVER,1,MS`,
      'free.dev,free,dev,absent,,,NXDOMAIN,SERVER,1,MS',
      'refused.dev,refused,dev,unknown,REFUSED from SERVER,,REFUSED,SERVER,1,MS',
      'two.dev,two,dev,live,,192.0.2.1 192.0.2.2,NOERROR,SERVER,1,MS',
    ]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
  });

  it('has its header even where no result is printed', async () => {
    const { stdout, status } = await ask('-o', 'csv', '--only', 'taken', 'free');
    expect({ stdout, status }).toEqual({ stdout: `${header}\n`, status: 0 });
  });
});

describe.concurrent('--format names', () => {
  it('prints names alone, whatever is known of them', async () => {
    const { stdout, status } = await ask('-o', 'names', 'two', 'alias', 'free', 'refused', 'bücher');
    const names = ['alias.dev', 'free.dev', 'refused.dev', 'two.dev', 'xn--bcher-kva.dev'];
    expect(sortedLines(stdout)).toEqual(names);
    expect(status).toBe(1);
  });
});

describe.concurrent('--only', () => {
  it.each([
    ['one status', ['--only', 'live'], ['+ six.dev', '+ two.dev']],
    ['several', ['--only', 'live,absent'], ['  free.dev', '+ six.dev', '+ two.dev']],
    [
      'several, repeated',
      ['--only', 'absent', '--only', 'taken'],
      ['  free.dev', `~ alias.dev  ${aliasReason}`],
    ],
  ])(
    'prints the results of %s, and an unknown name not printed still makes the status 1',
    async (_what, only, lines) => {
      const { stdout, status } = await ask(...only, 'two', 'six', 'alias', 'free', 'refused');
      expect(sortedLines(stdout)).toEqual(lines);
      expect(status).toBe(1);
    },
  );

  it('leaves nothing to print, and the status 0, where all names are known and none is wanted', async () => {
    expect(await ask('--only', 'unknown', 'two', 'free')).toEqual({ stdout: '', stderr: '', status: 0 });
  });

  it('unknown, with names alone, gives the list to try again', async () => {
    const first = await ask('--only', 'unknown', '-o', 'names', 'two', 'refused', 'free', 'refused.co.uk');
    expect(first).toEqual({ stdout: 'refused.dev\n', stderr: '', status: 1 });
    const better = await serve({ 'refused.dev': { A: ['192.0.2.9'] } });
    const second = await blogdom(['-s', better.address, '-f', '-'], { input: first.stdout });
    expect(second).toEqual({ stdout: '+ refused.dev\n', stderr: '', status: 0 });
  });
});
