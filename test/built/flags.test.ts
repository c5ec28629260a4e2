import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mostPopulous } from '../../src/commands/flags/countries.js';
import { start } from '../helpers/built-command.js';
import { flag, gifOf, serveFlags } from '../helpers/flag-server.js';
import { html404, inTurn, stalled } from '../helpers/rdap-server.js';
import { startWithStalledReader } from '../helpers/stalled-reader.js';
import { makeFolder } from '../helpers/system/folder.js';

const bin = fileURLToPath(new URL('../../bin/blogdom-flags.js', import.meta.url));
const patiently = { timeout: 10_000, interval: 10 };

async function newFolder(): Promise<string> {
  const folder = await makeFolder();
  onTestFinished(folder.remove);
  return folder.path;
}

describe('blogdom-flags', () => {
  it('downloads the flags of the 20 most populous countries into downloaded/ by default', async () => {
    const [server, folder] = [await serveFlags(), await newFolder()];
    const script = 'cd "$FOLDER" && exec "$NODE" "$BIN" --base-url "$URL"';
    const env = { FOLDER: folder, NODE: process.execPath, BIN: bin, URL: server.baseUrl };
    const { stdout, stderr, status } = await start('sh', ['-c', script], env).ended;
    expect(stdout).toMatch(/^([A-Z]{2} ){20}\n20 downloads in \d+\.\d\ds\n$/);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const out = join(folder, 'downloaded');
    expect((await readdir(out)).toSorted()).toEqual(mostPopulous.map((code) => `${code}.gif`).toSorted());
    for (const code of mostPopulous) expect(await readFile(join(out, `${code}.gif`))).toEqual(gifOf(code));
  });

  it('leaves nothing of an unfinished flag if it is killed, and downloads it in the next run', async () => {
    const [server, out] = [await serveFlags({ CN: inTurn(stalled(flag), flag) }), await newFolder()];
    const args = [bin, '--base-url', server.baseUrl, '--out', out, 'BR', 'CN'];
    const running = start(process.execPath, args);
    await server.received(2);
    await expect.poll(running.stdout.all, patiently).toBe('BR ');
    running.kill();
    expect((await running.ended).status).toBe('SIGKILL');
    expect(await readdir(out)).toEqual(['BR.gif']);
    expect((await start(process.execPath, args).ended).stdout).toMatch(/^CN \n1 download in /);
    expect((await readdir(out)).toSorted()).toEqual(['BR.gif', 'CN.gif']);
    expect(await readFile(join(out, 'CN.gif'))).toEqual(gifOf('CN'));
  });

  it('ends with status 130 after Ctrl-C', async () => {
    const [server, out] = [await serveFlags({ CN: stalled(flag) }), await newFolder()];
    const running = start(process.execPath, [bin, '--base-url', server.baseUrl, '--out', out, 'BR', 'CN']);
    await server.received(2);
    await expect.poll(running.stdout.all, patiently).toBe('BR ');
    running.interrupt();
    expect(await running.ended).toEqual({ stdout: 'BR \n', stderr: '', status: 130 });
  });

  it('ends with status 143 after SIGTERM', async () => {
    const [server, out] = [await serveFlags({ CN: stalled(flag) }), await newFolder()];
    const running = start(process.execPath, [bin, '--base-url', server.baseUrl, '--out', out, 'BR', 'CN']);
    await server.received(2);
    await expect.poll(running.stdout.all, patiently).toBe('BR ');
    running.terminate();
    expect(await running.ended).toEqual({ stdout: 'BR \n', stderr: '', status: 143 });
  });

  it('ends with status 130 after Ctrl-C even if nobody reads what it prints', async () => {
    const [server, out] = [await serveFlags({ CN: stalled(flag) }), await newFolder()];
    const args = [bin, '--base-url', server.baseUrl, '--out', out, '--concurrency', '1', 'BR', 'CN'];
    const running = await startWithStalledReader(process.execPath, args);
    await server.received(2);
    running.interrupt();
    expect(await running.ended).toEqual({ stdout: '', stderr: '', status: 130 });
    expect(await readdir(out)).toEqual(['BR.gif']);
  });

  it.each([
    ['0 if all flags are there', flag, 0, 20],
    ['1 if one is missing', html404(), 1, 19],
  ])(
    'goes on if nobody reads its output any longer, and ends with status %s',
    async (_what, br, ...ended) => {
      const [server, out] = [await serveFlags({ BR: br }), await newFolder()];
      const script = `"$NODE" "$BIN" --base-url "$URL" --out "$OUT" -c 1 2>"$OUT/problems" | head -c 3; echo "\${PIPESTATUS[0]}"`;
      const env = { NODE: process.execPath, BIN: bin, URL: server.baseUrl, OUT: out };
      const { stdout } = await start('bash', ['--norc', '-c', script], env).ended;
      const flags = (await readdir(out)).filter((name) => name.endsWith('.gif'));
      expect([stdout, flags.length]).toEqual([`CN ${ended[0]}\n`, ended[1]]);
    },
  );
});
