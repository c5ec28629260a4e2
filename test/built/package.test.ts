import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import * as act from '../helpers/name-server.js';
import { one, serve } from '../helpers/resolving.js';

vi.setConfig({ testTimeout: 30_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A folder that has the built package in its node_modules. */
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blogdom-'));
  await mkdir(join(directory, 'node_modules'));
  await symlink(root, join(directory, 'node_modules', 'blogdom'), 'junction');
});

afterAll(() => rm(directory, { recursive: true }));

/** Runs Node in the folder and returns its output; rejects if it fails or is still running after 10 s. */
async function node(...parameters: readonly string[]): Promise<string> {
  const options = { cwd: directory, timeout: 10_000, killSignal: 'SIGKILL' } as const;
  const { stdout } = await promisify(execFile)(process.execPath, parameters, options);
  return stdout.trim();
}

describe('a process that imports the package ends by itself', () => {
  it.each([
    ['after a probe', "console.log((await probe('x.dev', { servers })).status);", 'live'],
    [
      'after the last result',
      "for await (const { status } of probeAll(['lost.dev', 'a b', 'x.dev'], { servers })) console.log(status);",
      'unknown live live',
    ],
    [
      'after the consumer leaves the loop with queries in flight',
      `for await (const { name } of probeAll(['silent.dev', 'x.dev', 'silent.dev'], { servers, timeout: 3600 })) {
        console.log(name);
        break;
      }`,
      'x.dev',
    ],
    [
      'after the consumer leaves the loop before the first query is sent',
      "for await (const { status } of probeAll(['a b', 'x.dev'], { servers })) { console.log(status); break; }",
      'unknown',
    ],
    [
      'after the source throws before the first query is sent',
      `function* names() { yield 'x.dev'; throw new Error('source failed'); }
      try { for await (const _ of probeAll(names(), { servers })); } catch (error) { console.log(error.message); }`,
      'source failed',
    ],
    [
      'after its signal is aborted while it waits for a result',
      `const results = probeAll(['x.dev', 'silent.dev'], { servers, signal, timeout: 3600 });
      await results.next();
      const next = results.next();
      controller.abort();
      await next.catch((error) => console.log(error.name));`,
      'AbortError',
    ],
    [
      'after its signal is aborted while it waits for no result',
      `const results = probeAll(['x.dev', 'silent.dev'], { servers, signal, timeout: 3600 });
      console.log((await results.next()).value.status);
      controller.abort();`,
      'live',
    ],
    [
      'after asking getaddrinfo',
      "console.log((await probe('localhost', { servers: ['system'], timeout: 3600 })).status);",
      'live',
    ],
  ])('%s', async (_when, script, expected) => {
    const { address } = await serve({
      'x.dev': one,
      'lost.dev': act.lose(1, one),
      'silent.dev': act.silent,
    });
    const prologue = `
      import { probe, probeAll } from 'blogdom';
      const servers = [${JSON.stringify(address)}];
      const controller = new AbortController();
      const { signal } = controller;`;
    const output = await node('--input-type=module', '--eval', prologue + script);
    expect(output.split('\n').join(' ')).toBe(expected);
  });
});

describe('the declarations of the package', () => {
  it('are complete, and let the compiler check a program that uses them', async () => {
    const program = `
      import { type ProbeOptions, type ProbeResult, probe, probeAll, type Status } from 'blogdom';
      const options: ProbeOptions = { servers: ['127.0.0.1'] };
      export const result: Promise<ProbeResult> = probe('x.dev', options);
      export async function statusesOf(names: Iterable<string>): Promise<Status[]> {
        const statuses: Status[] = [];
        for await (const { status } of probeAll(names)) statuses.push(status);
        return statuses;
      }
      // @ts-expect-error There is no such option.
      probe('x.dev', { server: '127.0.0.1' });
      // @ts-expect-error There is no such status.
      export const available: Status = 'available';
    `;
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: 'es2022',
      module: 'nodenext',
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
    };
    await writeFile(join(directory, 'program.mts'), program);
    await writeFile(
      join(directory, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['program.mts'] }),
    );
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    // The compiler prints errors to standard output and exits with a status other than 0.
    const errors = await node(compiler, '-p', directory).catch(({ stdout }: { stdout: string }) => stdout);
    expect(errors).toBe('');
  });

  it('are those of the library only', async () => {
    const files = await readdir(join(root, 'dist/types'), { recursive: true });
    expect(files.filter((file) => /^(?:commands|formats|rdap)/.test(file))).toEqual([]);
  });
});

describe('the package', () => {
  it('contains the commands, the library and the man pages that it declares', async () => {
    // The scripts of the package would build it anew.
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--cache', join(directory, 'cache')];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: root });
    const [{ files = [] } = {}]: readonly { readonly files?: readonly { readonly path: string }[] }[] =
      JSON.parse(stdout);
    const { bin, man, exports } = packageJson;
    const declared = [...Object.values(bin), ...man, ...Object.values(exports['.'])];
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(declared.map((path) => path.replace(/^\.\//, ''))));
    expect(paths.filter((path) => /^(?:src|test|scripts)\//.test(path))).toEqual([]);
  });
});
