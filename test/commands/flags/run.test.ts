import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allCountries } from '../../../src/commands/flags/countries.js';
import { flag, flagGate, gifOf } from '../../helpers/flag-server.js';
import { html404, limited, silent, stalled } from '../../helpers/rdap-server.js';
import { setUpRun } from './set-up.js';

const patiently = { timeout: 10_000, interval: 5 };

describe('run of blogdom-flags', () => {
  it('asks for all flags at once, and prints each code as soon as its flag is saved', async () => {
    const gate = flagGate();
    const { server, out, start } = await setUpRun({}, gate.hold(flag));
    const running = start(['CN', 'BR', 'FR']);
    await server.received(3);
    let soFar = '';
    for (const code of ['FR', 'CN', 'BR']) {
      gate.release(code);
      soFar += `${code} `;
      await expect.poll(running.stdout, patiently).toMatch(new RegExp(`^${soFar}`));
      expect(await readFile(join(out, `${code}.gif`))).toEqual(gifOf(code));
    }
    expect(await running.status).toBe(0);
    expect(running.stdout()).toMatch(/^FR CN BR \n3 downloads in \d+\.\d\ds\n$/);
    expect(running.stderr()).toBe('');
  });

  it('uses the singular for one download', async () => {
    const { start } = await setUpRun();
    const running = start(['BR']);
    expect(await running.status).toBe(0);
    expect(running.stdout()).toMatch(/^BR \n1 download in \d+\.\d\ds\n$/);
  });

  it('has at most as many downloads in flight as the concurrency, and reuses connections', async () => {
    const gate = flagGate();
    const { start, files, server } = await setUpRun({}, gate.hold(flag));
    const running = start(allCountries.slice(0, 50), { concurrency: 3 });
    await server.received(3);
    gate.release();
    expect(await running.status).toBe(0);
    expect(running.stdout()).toMatch(/\n50 downloads in /);
    expect(await files()).toHaveLength(50);
    expect(server.peak).toBe(3);
    expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThan(25);
  });

  it('skips flags that exist, and says so', async () => {
    const { start, server, out } = await setUpRun();
    await start(['BR']).status;
    await writeFile(join(out, 'CN.gif'), gifOf('from elsewhere'));
    const running = start(['BR', 'CN', 'FR']);
    expect(await running.status).toBe(0);
    expect(running.stdout()).toMatch(/^FR \n1 download in /);
    expect(running.stderr()).toBe('blogdom-flags: 2 flags already exist (--force downloads them again)\n');
    expect(server.asked()).toEqual(['BR', 'FR']);
    expect(await readFile(join(out, 'CN.gif'))).toEqual(gifOf('from elsewhere'));
  });

  it('downloads flags again whose files are not whole pictures', async () => {
    const { start, out } = await setUpRun();
    await start(['BR', 'CN']).status;
    await writeFile(join(out, 'CN.gif'), gifOf('CN').subarray(0, -2));
    const running = start(['BR', 'CN']);
    expect(await running.status).toBe(0);
    expect(running.stdout()).toMatch(/^CN \n1 download in /);
    expect(await readFile(join(out, 'CN.gif'))).toEqual(gifOf('CN'));
  });

  it('succeeds if every flag exists', async () => {
    const { start } = await setUpRun();
    await start(['BR']).status;
    const running = start(['BR']);
    expect(await running.status).toBe(0);
    expect(running.stdout()).toMatch(/^0 downloads in \d+\.\d\ds\n$/);
    expect(running.stderr()).toBe('blogdom-flags: 1 flag already exists (--force downloads it again)\n');
  });

  it('downloads existing flags again with --force', async () => {
    const { start, server, out, files } = await setUpRun();
    await start(['BR']).status;
    await writeFile(join(out, 'BR.gif'), 'from elsewhere');
    const running = start(['BR'], { force: true });
    expect(await running.status).toBe(0);
    expect(running.stdout()).toMatch(/^BR \n1 download in /);
    expect(running.stderr()).toBe('');
    expect(server.asked()).toEqual(['BR', 'BR']);
    expect(await readFile(join(out, 'BR.gif'))).toEqual(gifOf('BR'));
    expect(await files()).toEqual(['BR.gif']);
  });

  it('reports a failure at once, and still saves the other flags', async () => {
    const gate = flagGate();
    const { server, start, files } = await setUpRun({ CN: html404(), BR: gate.hold(flag) });
    const running = start(['BR', 'CN']);
    const reason = `not found (HTTP status 404 from ${new URL(server.url).host})`;
    await expect.poll(running.stderr, patiently).toBe(`blogdom-flags: CN: ${reason}\n`);
    gate.release();
    expect(await running.status).toBe(1);
    expect(running.stdout()).toMatch(/^BR \n1 download in /);
    expect(await files()).toEqual(['BR.gif']);
  });

  it('reports a folder that cannot be used, and asks for nothing', async () => {
    const { server, start } = await setUpRun();
    const running = start(['BR'], { out: '/proc/flags' });
    expect(await running.status).toBe(2);
    expect(running.stdout()).toBe('');
    expect(running.stderr()).toMatch(/^blogdom-flags: --out: expected a writable folder, [^\n]+\n$/);
    expect(server.requests).toEqual([]);
  });

  it('prints a failure without a line break among the codes', async () => {
    const { start } = await setUpRun({ CN: html404() });
    const running = start(['BR', 'CN', 'FR'], { concurrency: 1 });
    expect(await running.status).toBe(1);
    expect(running.screen()).toMatch(/^BR blogdom-flags: CN: [^\n]+\nFR \n2 d/);
  });
});

describe('run of blogdom-flags when it is aborted', () => {
  it('ends with the status that the signal carries, and leaves only whole files', async () => {
    const stop = new AbortController();
    const { start, server, files } = await setUpRun({ CN: stalled(flag), FR: silent });
    const running = start(['BR', 'CN', 'FR'], {}, stop.signal);
    await server.received(3);
    await expect.poll(running.stdout, patiently).toBe('BR ');
    stop.abort(130);
    expect(await running.status).toBe(130);
    expect([running.stdout(), running.stderr()]).toEqual(['BR \n', '']);
    expect(await files()).toEqual(['BR.gif']);
  });

  it('does not wait until the next try', async () => {
    const stop = new AbortController();
    const { start, server } = await setUpRun({ CN: limited(60) });
    const running = start(['CN'], { timeout: 60_000 }, stop.signal);
    await server.received(1);
    await server.idle();
    stop.abort(130);
    expect(await running.status).toBe(130);
    expect([running.stdout(), running.stderr()]).toEqual(['', '']);
  });
});
