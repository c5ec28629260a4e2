import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { findKnownHost } from '../helpers/hosts-file.js';
import * as act from '../helpers/name-server.js';
import { confirmBy, serveRdap } from '../helpers/rdap-server/registries.js';
import { found, silent } from '../helpers/rdap-server.js';
import { one, serve } from '../helpers/resolving.js';

const host = findKnownHost();
const root = fileURLToPath(new URL('../..', import.meta.url));
/** What `npm pack --json` says of the package. */
interface Packed {
  readonly filename: string;
  /** Octets. */
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** A folder in which the built package is installed from its tarball. */
let directory: string;
let packed: Packed;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blogdom-'));
  // The scripts of the package would build it anew.
  const json = await npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', directory);
  [packed = expect.fail('Expected a tarball, got none')] = JSON.parse(json) as readonly Packed[];
  await npm(directory, 'init', '--yes');
  // Offline, it can be installed only if it depends on nothing.
  await npm(directory, 'install', '--offline', '--no-audit', packed.filename);
}, 60_000);

afterAll(() => rm(directory, { recursive: true }));

async function npm(folder: string, ...parameters: readonly string[]): Promise<string> {
  const args = [...parameters, '--cache', join(directory, 'cache')];
  return (await promisify(execFile)('npm', args, { cwd: folder, shell: process.platform === 'win32' }))
    .stdout;
}

/** Runs Node in the folder and returns its output; rejects if it fails or is still running after 10 s. */
async function node(...parameters: readonly string[]): Promise<string> {
  const options = { cwd: directory, timeout: 50_000, killSignal: 'SIGKILL' } as const;
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
    ...(host === undefined
      ? []
      : [
          [
            'after asking getaddrinfo',
            `console.log((await probe('${host.name}.', { servers: ['system'], timeout: 3600 })).status);`,
            'live',
          ],
        ]),
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

  it('after the consumer leaves the loop while a registry is silent', async () => {
    const { address } = await serve(({ name }) => (name === 'x.dev' ? one : act.deny));
    const registry = await serveRdap(() => silent);
    const { file } = await confirmBy({ dev: registry.url });
    const options = { servers: [address], canary: false, confirm: true, rdapBootstrap: file };
    const script = `
      import { probeAll } from 'blogdom';
      for await (const { name } of probeAll(['a.dev', 'b.dev', 'x.dev'], ${JSON.stringify(options)})) {
        console.log(name);
        break;
      }`;
    expect(await node('--input-type=module', '--eval', script)).toBe('x.dev');
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
    expect(files.filter((file) => file.endsWith('.ts')).toSorted()).toEqual(
      [
        'index.d.ts',
        'library/probe-options.d.ts',
        'names/candidate.d.ts',
        'probe/for-sale.d.ts',
        'probe/result.d.ts',
      ].map(normalize),
    );
  });
});

describe('the package', () => {
  it('contains the commands, the library and the man pages that it declares, and no source', () => {
    const { bin, man, exports } = packageJson;
    const declared = [...Object.values(bin), ...man, ...Object.values(exports['.'])];
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(declared.map((path) => path.replace(/^\.\//, ''))));
    expect(paths.filter((path) => !/^(?:bin|dist|schema)\//.test(path)).toSorted()).toEqual([
      ...['LICENSE', 'README.md', 'package.json'],
    ]);
  });

  it('is smaller than 520 kB, and needs no other package', () => {
    // Of these, 83 kB are bundled packages, and 74 kB lists of domains and registries, which are compressed already.
    expect(packed.unpackedSize).toBeLessThan(520_000);
    expect(Object.keys(packageJson)).not.toContain('dependencies');
  });

  it('has two commands that run where it is installed', async () => {
    const { address } = await serve({ 'x.dev': one });
    const commandOf = (name: string) => join('node_modules', 'blogdom', 'bin', `${name}.js`);
    expect(await node(commandOf('blogdom'), '-s', address, 'x')).toBe('+ x.dev');
    expect(await node(commandOf('blogdom-flags'), '--version')).toBe(packageJson.version);
    const linked = await readdir(join(directory, 'node_modules', '.bin'));
    expect(linked).toEqual(expect.arrayContaining(['blogdom', 'blogdom-flags']));
  });

  it('asks registries with the data that is packed into it', async () => {
    const { address } = await serve({ 'google.co.uk': one });
    const registry = await serveRdap({ 'google.co.uk': found(), 'held.co.uk': found() });
    const { args, env } = await confirmBy({ uk: registry.url });
    const command = [join('node_modules', 'blogdom', 'bin', 'blogdom.js'), '-s', address, ...args];
    const options = { cwd: directory, env: { ...process.env, ...env }, timeout: 50_000 };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...command, 'free.co.uk', 'held.co.uk'],
      options,
    );
    expect(stdout.split('\n').toSorted()).toEqual(['', '* free.co.uk', '~ held.co.uk  registered']);
  });

  it.each([
    ['an ES module', 'module', "import { probe } from 'blogdom'; import * as all from 'blogdom';"],
    ['CommonJS', 'commonjs', "const { probe } = require('blogdom'); const all = require('blogdom');"],
  ])('is a library for %s', async (_kind, type, imports) => {
    const { address } = await serve({ 'x.dev': one });
    const script = `${imports}
      console.log(typeof all.probeAll);
      probe('x.dev', { servers: ['${address}'] }).then(({ status }) => console.log(status));`;
    expect(await node(`--input-type=${type}`, '--eval', script)).toBe('function\nlive');
  });

  it('has a JSON Schema of its results', async () => {
    const script = "console.log(require('blogdom/schema/result.schema.json').title)";
    expect(await node('--eval', script)).toBe('Result');
  });

  it('contains the licence of every package that is bundled', async () => {
    const text = await readFile(join(root, 'dist/THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of ['chalk', 'commander', 'damerau-levenshtein', 'jsonc-parser', 'p-limit', 'tldts'])
      expect(text).toMatch(new RegExp(`^${name} \\d.* \\(.*\\)\n  Copyright`, 'm'));
    expect(text).toContain('Permission is hereby granted');
    expect(text).not.toMatch(/^esbuild/m);
  });

  it.each([
    ['publint', 'publint/src/cli.js', ['--strict']],
    ['arethetypeswrong', '@arethetypeswrong/cli/dist/index.js', []],
  ])('is found correct by %s', async (_name, file, options) => {
    const tool = join(root, 'node_modules', file);
    // A tool that finds something prints it, and exits with a status other than 0.
    await node(tool, join(directory, packed.filename), ...options);
  });
});
