import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flag, serveFlags } from '../helpers/flag-server.js';
import { type NameServer, startNameServer } from '../helpers/name-server.js';
import { html404 } from '../helpers/rdap-server.js';
import { demoZone } from '../helpers/sample-zone.js';

/** The pages with examples. The examples run in this order in one folder, so later ones can use files of earlier ones. */
const pages = [
  'README.md',
  ...(await readdir('docs')).toSorted().flatMap((page) => (page.endsWith('.md') ? [join('docs', page)] : [])),
];
const text = (await Promise.all(pages.map((page) => readFile(page, 'utf8')))).join('\n');
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);

/** In an example, a command follows `$ `, and its output follows the command. */
const examples = blocks('console').flatMap((block) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((example) => {
      const [command = '', ...output] = example.split('\n');
      return [command, output.slice(0, -1)] as const;
    }),
);

let folder: string;
let server: NameServer;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blogdom-readme-'));
  server = await startNameServer(demoZone);
  for (const command of ['blogdom', 'blogdom-flags'])
    await symlink(resolve(`bin/${command}.js`), join(folder, command));
  await symlink(resolve('.'), join(folder, 'node_modules'));
  // The examples name no server, so the servers that they would ask are replaced by the tests' own.
  const { baseUrl } = await serveFlags({ AQ: html404() }, flag);
  await writeFile(
    join(folder, 'servers.cjs'),
    `require('node:dns').setServers(['${server.address}']);
const { fetch } = globalThis;
globalThis.fetch = (url, init) =>
  fetch(String(url).replace('https://www.fluentpython.com/data/flags', '${baseUrl}'), init);`,
  );
  env = {
    ...process.env,
    PATH: `${folder}:${process.env['PATH']}`,
    NODE_OPTIONS: '--require ./servers.cjs',
    // The examples write a configuration of their own.
    ...{ HOME: folder, XDG_CONFIG_HOME: '' },
  };
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function runIn(command: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const append = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', append);
  child.stderr.on('data', append);
  return new Promise((done) => child.on('close', () => done(output.split('\n').slice(0, -1))));
}

/** Removes what differs from run to run: the order of lines, the order of country codes, and durations. */
const normalized = (lines: readonly string[]) =>
  lines
    .map((line) => line.replace(/\d+\.\d\ds$/, '0.00s'))
    .map((line) => (/^([A-Z]{2} ?)+$/.test(line) ? line.trim().split(' ').toSorted().join(' ') : line))
    .toSorted();

describe('the documentation', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  it.each(examples)('shows the output of %s', async (command, output) => {
    const runnable = command.replace('192.0.2.1,[2001:db8::1]:5353', server.address);
    const lines = await runIn('bash', ['-c', runnable]);
    expect(normalized(lines)).toEqual(normalized(output));
  });

  it.each(['blogdom', 'blogdom-flags'])('has examples in the help of %s that work', async (name) => {
    const help = await runIn('bash', ['-c', `${name} --help`]);
    const commands = help.flatMap((line) => /^ {4}(blogdom.*)$/.exec(line)?.[1] ?? []);
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) {
      const lines = await runIn('bash', ['-c', `${command} || echo "status $?"`]);
      expect(lines.length, command).toBeGreaterThan(0);
      expect(lines.filter((line) => /^blogdom: |^[?] |^status/.test(line))).toEqual([]);
    }
  });

  it('has a library example that runs', async () => {
    const [code = ''] = blocks('js');
    await symlink(resolve('.'), join(folder, 'blogdom-package'));
    await writeFile(
      join(folder, 'example.mjs'),
      code.replace("'blogdom'", "'./blogdom-package/dist/index.js'"),
    );
    const lines = await runIn('node', ['example.mjs']);
    expect(lines.toSorted()).toEqual(['as.dev live ', 'is.dev absent ', 'not.dev is live']);
  });
});
