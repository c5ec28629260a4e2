import { beforeAll, describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines } from '../../../helpers/command.js';
import { honest } from '../../../helpers/honest.js';
import * as act from '../../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../../helpers/rdap-server/registries.js';

const byTor = 'reserved by RFC 7686: nobody can register it';

let server: act.NameServer;
beforeAll(async () => {
  server = await serve(honest(({ name }) => (name === 'live.test' ? act.answer('192.0.2.1') : act.deny)));
});

const ask = (args: readonly string[], input = '') => blogdom(['-s', server.address, ...args], { input });

describe('blogdom and names that nobody can register', () => {
  it('recognises them in any form', async () => {
    const { stdout, status } = await ask([
      'X.Onion',
      'y.onion.',
      'z．ｏｎｉｏｎ',
      'ö.onion',
      'w',
      '-t',
      '.ONION',
    ]);
    expect(sortedLines(stdout)).toEqual(
      ['w.onion', 'x.onion', 'xn--nda.onion  ö.onion', 'y.onion', 'z.onion'].map(
        (name) => `? ${name}  ${byTor}`,
      ),
    );
    expect(status).toBe(1);
    expect(server.queries.filter(({ name }) => name.endsWith('onion'))).toEqual([]);
  });

  it('counts them as unknown for --only and --fail-unless', async () => {
    const names = ['live', 'free', 'x.onion', '-t', 'test'];
    expect((await ask([...names, '--only', 'absent'])).stdout).toBe('');
    expect(sortedLines((await ask([...names, '--only', 'unknown', '-o', 'names'])).stdout)).toEqual([
      'free.test',
      'x.onion',
    ]);
    expect((await ask([...names, '--fail-unless', 'absent,unregistered'])).status).toBe(3);
    expect((await ask([...names, '--fail-unless', 'unknown'])).status).toBe(1);
  });

  it('lists them like others, as it does when it splits words', async () => {
    expect((await ask(['--list', 'x.onion', 'y', '-t', 'local'])).stdout).toBe('x.onion\ny.local\n');
    expect((await ask(['--list', '--hack', 'contest', '-t', 'test'])).stdout).toBe('con.test\n');
    expect((await ask(['--hack', 'contest', '-t', 'test'])).stdout).toBe(
      '? con.test  reserved by RFC 6761: nobody can register it\n',
    );
  });

  it('asks no registry about them with --confirm', async () => {
    const registry = await serveRdap({});
    const { args, env } = await confirmBy({ ck: registry.url, test: registry.url, com: registry.url });
    const names = ['name.ck', 'x.test', 'x.onion', 'x.example.com', 'live.test'];
    const argv = ['-s', server.address, ...args, ...names];
    const lines = [
      '  name.ck  a public suffix: it cannot be registered',
      '? x.example.com  reserved by RFC 6761: nobody can register it',
      `? x.onion  ${byTor}`,
      '? x.test  reserved by RFC 6761: nobody can register it',
    ];
    expect(sortedLines((await blogdom(argv, { env })).stdout)).toEqual([...lines, '+ live.test'].toSorted());
    expect(sortedLines((await blogdom([...argv, '--confirm', 'all'], { env })).stdout)).toEqual(
      [...lines, '+ live.test  reserved by RFC 6761: nobody can register it'].toSorted(),
    );
    expect(registry.requests).toEqual([]);
  });
});
