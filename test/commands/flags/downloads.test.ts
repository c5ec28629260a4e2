import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from '../../helpers/built-command.js';
import { flag, flagGate, gifOf } from '../../helpers/flag-server.js';
import { content, redirect } from '../../helpers/rdap-server.js';
import { bin, openDownloading, printed } from './downloading.js';

const original20 = 'BD BR CD CN DE EG ET FR ID IN IR JP MX NG PH PK RU TR US VN'.split(' ');
const patiently = { timeout: 10_000, interval: 10 };
const gifs = (codes: readonly string[]) => codes.map((code) => `${code}.gif`);

it('gets the flags of the 20 most populous countries into downloaded/, where nothing else is said', async () => {
  const { server, out } = await openDownloading();
  await mkdir(out);
  const script = 'cd "$OUT" && exec "$NODE" "$BIN" --base-url "$URL"';
  const env = { OUT: out, NODE: process.execPath, BIN: bin, URL: server.baseUrl };
  const { stdout, stderr, status } = await start('sh', ['-c', script], env).ended;
  expect(stdout).toMatch(/^([A-Z]{2} ){20}\n20 downloads in \d+\.\d\ds\n$/);
  expect(printed(stdout).codes).toEqual(original20);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const folder = join(out, 'downloaded');
  expect((await readdir(folder)).toSorted()).toEqual(gifs(original20));
  for (const code of original20) expect(await readFile(join(folder, `${code}.gif`))).toEqual(gifOf(code));
  expect(server.requests.map(({ path }) => path).toSorted()[0]).toBe('/data/flags/bd/bd.gif');
});

it('asks for all at once, and prints each code the moment its flag is saved', async () => {
  const gate = flagGate();
  const { server, out, start } = await openDownloading({}, gate.hold(flag));
  const running = start('CN', 'BR', 'FR');
  await server.received(3);
  let soFar = '';
  for (const code of ['FR', 'CN', 'BR']) {
    gate.release(code);
    soFar += `${code} `;
    await expect.poll(running.stdout.all, patiently).toMatch(new RegExp(`^${soFar}`));
    expect(await readFile(join(out, `${code}.gif`))).toEqual(gifOf(code));
  }
  expect((await running.ended).stdout).toMatch(/^FR CN BR \n3 downloads in \d+\.\d\ds\n$/);
});

it('calls one download one download', async () => {
  const { run } = await openDownloading();
  expect((await run('br')).stdout).toMatch(/^BR \n1 download in \d+\.\d\ds\n$/);
});

it.each([
  ['codes in either case, each once', ['br', 'FR', 'BR'], ['BR', 'FR']],
  ['a letter for all that begin with it', ['d', 'FR'], ['DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'FR']],
  ['the first ones', ['FR', 'd', '--limit', '3'], ['DE', 'DJ', 'FR']],
  ['the first of the default ones', ['-l', '2'], ['CN', 'IN']],
  ['the first of all', ['--all', '--limit', '4'], ['AD', 'AE', 'AF', 'AG']],
])('gets %s', async (_what, args, codes) => {
  const { run, files, server } = await openDownloading();
  const { stdout, stderr, status } = await run(...args);
  expect(printed(stdout)).toEqual({ codes, last: `${codes.length} downloads` });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(await files()).toEqual(gifs(codes));
  expect(server.asked().toSorted()).toEqual(codes);
});

it('gets the flags of all 249 countries, many over each connection', async () => {
  const gate = flagGate();
  const { start, files, server } = await openDownloading({}, gate.hold(flag));
  const running = start('--all', '--concurrency', '3');
  await server.received(3);
  gate.release();
  const { stdout, status } = await running.ended;
  expect({ last: printed(stdout).last, status }).toEqual({ last: '249 downloads', status: 0 });
  expect(await files()).toHaveLength(249);
  expect(server.peak).toBe(3);
  expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThan(25);
});

it('does not ask for what is there already', async () => {
  const { run, server, out } = await openDownloading();
  await run('BR');
  await writeFile(join(out, 'CN.gif'), 'from elsewhere');
  const { stdout, stderr, status } = await run('BR', 'CN', 'FR');
  expect(printed(stdout)).toEqual({ codes: ['FR'], last: '1 download' });
  expect(stderr).toBe('blogdom-flags: 2 files were there already (--force fetches them again)\n');
  expect(status).toBe(0);
  expect(server.asked()).toEqual(['BR', 'FR']);
  expect(await readFile(join(out, 'CN.gif'), 'utf8')).toBe('from elsewhere');
});

it('succeeds where there is nothing left to do', async () => {
  const { run } = await openDownloading();
  await run('BR');
  const { stdout, stderr, status } = await run('BR');
  expect(stdout).toMatch(/^0 downloads in \d+\.\d\ds\n$/);
  expect(stderr).toBe('blogdom-flags: 1 file was there already (--force fetches it again)\n');
  expect(status).toBe(0);
});

it('gets what is there already with --force', async () => {
  const { run, server, out, files } = await openDownloading();
  await mkdir(out);
  await writeFile(join(out, 'BR.gif'), 'from elsewhere');
  const { stdout, stderr } = await run('BR', '--force');
  expect(printed(stdout)).toEqual({ codes: ['BR'], last: '1 download' });
  expect(stderr).toBe('');
  expect(server.asked()).toEqual(['BR']);
  expect(await readFile(join(out, 'BR.gif'))).toEqual(gifOf('BR'));
  expect(await files()).toEqual(['BR.gif']);
});

it.each([301, 302, 303, 307, 308])('follows redirects of status %i', async (status) => {
  const there = redirect('/elsewhere/br/br.gif', status);
  const { run, out, server } = await openDownloading({
    BR: (request, client) => (request.path.startsWith('/elsewhere/') ? flag : there)(request, client),
  });
  expect((await run('BR')).status).toBe(0);
  expect(server.requests.map(({ path }) => path)).toEqual(['/data/flags/br/br.gif', '/elsewhere/br/br.gif']);
  expect(await readFile(join(out, 'BR.gif'))).toEqual(gifOf('BR'));
});

it('keeps its connections where each flag is redirected', async () => {
  const page = content('Moved', { status: 301, type: 'text/html' });
  const { run, server } = await openDownloading({}, (request, client) => {
    if (request.path.startsWith('/new/')) return flag(request, client);
    const headers = { location: request.path.replace('/data/flags/', '/new/') };
    page(request, { ...client, send: (reply) => client.send({ ...reply, headers }) });
  });
  expect((await run('--concurrency', '2')).status).toBe(0);
  // One that is still busy with a redirect is not waited for.
  expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThan(20);
});
