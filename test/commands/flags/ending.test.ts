import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from '../../helpers/built-command.js';
import { flag, gifOf } from '../../helpers/flag-server.js';
import { inTurn, silent, stalled } from '../../helpers/rdap-server.js';
import { bin, openDownloading, printed } from './downloading.js';

const patiently = { timeout: 10_000, interval: 10 };

it('killed in the middle of a flag leaves nothing of it, and the next run gets it', async () => {
  const { start, run, files, server, out } = await openDownloading({ CN: inTurn(stalled(flag), flag) });
  const running = start('BR', 'CN');
  await server.received(2);
  await expect.poll(running.stdout.all, patiently).toBe('BR ');
  running.kill();
  expect((await running.ended).status).toBe('SIGKILL');
  expect(await files()).toEqual(['BR.gif']);
  expect(printed((await run('BR', 'CN')).stdout)).toEqual({ codes: ['CN'], last: '1 download' });
  expect(await files()).toEqual(['BR.gif', 'CN.gif']);
  expect(await readFile(join(out, 'CN.gif'))).toEqual(gifOf('CN'));
});

it('killed between the last octet and the name leaves a file that the next run takes away', async () => {
  const { run, files, out } = await openDownloading();
  await mkdir(out);
  const others = ['.BR.gif.part', '.BRA.gif.1.part', 'note.txt'];
  for (const name of ['.BR.gif.1a2b.part', '.CN.gif.3c.part', ...others])
    await writeFile(join(out, name), '');
  expect((await run('FR')).status).toBe(0);
  expect(await files()).toEqual([...others, 'FR.gif'].toSorted());
});

it('Ctrl-C ends it with the status 130, and leaves whole files only', async () => {
  const { start, server, files } = await openDownloading({ CN: stalled(flag), FR: silent });
  const running = start('BR', 'CN', 'FR', '--timeout', '60');
  await server.received(3);
  await expect.poll(running.stdout.all, patiently).toBe('BR ');
  running.interrupt();
  expect(await running.ended).toEqual({ stdout: 'BR \n', stderr: '', status: 130 });
  expect(await files()).toEqual(['BR.gif']);
});

it('Ctrl-C ends it while it waits to try again', async () => {
  const { start, server } = await openDownloading({
    CN: (_request, client) => client.send({ status: 503, headers: { 'retry-after': '60' } }),
  });
  const running = start('CN', '--timeout', '60');
  await server.received(1);
  await server.idle();
  running.interrupt();
  expect(await running.ended).toEqual({ stdout: '', stderr: '', status: 130 });
});

it('does not save through a link that leads out of the folder', async () => {
  const { run, out } = await openDownloading();
  await mkdir(out);
  const outside = join(dirname(out), 'outside');
  await writeFile(outside, 'untouched');
  await symlink(outside, join(out, 'BR.gif'));
  expect((await run('BR')).status).toBe(0);
  expect(await readFile(outside, 'utf8')).toBe('untouched');
  expect((await lstat(join(out, 'BR.gif'))).isFile()).toBe(true);
});

it('reports a flag that cannot be saved, and the others are there', async () => {
  const { run, out, files } = await openDownloading();
  await mkdir(join(out, 'BR.gif'), { recursive: true });
  const { stdout, stderr, status } = await run('BR', 'CN');
  expect(stderr).toBe('blogdom-flags: BR: cannot be saved (EISDIR)\n');
  expect(printed(stdout)).toEqual({ codes: ['CN'], last: '1 download' });
  expect(status).toBe(1);
  expect(await files()).toEqual(['BR.gif', 'CN.gif']);
});

it.each([
  ['a reader that has seen enough', ' | head -c 3; echo "$PIPESTATUS"', 'FR 0\n', ''],
  ['a full disk', ' >/dev/full; echo $?', '2\n', 'blogdom-flags: cannot write the results: ENOSPC\n'],
])('ends where standard output has %s', async (_what, rest, stdout, stderr) => {
  if (!existsSync('/dev/full')) return;
  const { server, out } = await openDownloading();
  const script = `"$NODE" "$BIN" --base-url "$URL" --out "$OUT" FR ${rest}`;
  const env = { NODE: process.execPath, BIN: bin, URL: server.baseUrl, OUT: out };
  expect(await start('bash', ['--norc', '-c', script], env).ended).toEqual({ stdout, stderr, status: 0 });
});
