import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as act from '../helpers/name-server.js';
import { one, serve } from '../helpers/resolving.js';

vi.setConfig({ testTimeout: 30_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A folder in which the built package is installed. */
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blogdom-'));
  await mkdir(join(directory, 'node_modules'));
  await symlink(root, join(directory, 'node_modules', 'blogdom'), 'junction');
});

afterAll(() => rm(directory, { recursive: true }));

/** Runs Node in the folder and returns what it prints; rejects where it fails or does not end by itself. */
async function node(...parameters: readonly string[]): Promise<string> {
  const options = { cwd: directory, timeout: 10_000, killSignal: 'SIGKILL' } as const;
  const { stdout } = await promisify(execFile)(process.execPath, parameters, options);
  return stdout.trim();
}

describe('a process that imports the package ends by itself', () => {
  it.each([
    ['after a probe', "console.log((await probe('x.dev', { servers })).status);", 'live'],
    [
      'after all results',
      "for await (const { status } of probeAll(['lost.dev', 'a b', 'x.dev'], { servers })) console.log(status);",
      'unknown live live',
    ],
    [
      'once the consumer stops, whatever is in flight',
      `for await (const { name } of probeAll(['silent.dev', 'x.dev', 'silent.dev'], { servers, timeout: 3600 })) {
        console.log(name);
        break;
      }`,
      'x.dev',
    ],
    [
      'once the consumer stops, though the first query was not even sent',
      "for await (const { status } of probeAll(['a b', 'x.dev'], { servers })) { console.log(status); break; }",
      'unknown',
    ],
    [
      'once the source throws, though the first query was not even sent',
      `function* names() { yield 'x.dev'; throw new Error('the end'); }
      try { for await (const _ of probeAll(names(), { servers })); } catch (error) { console.log(error.message); }`,
      'the end',
    ],
    [
      'once a signal fires',
      `const results = probeAll(['x.dev', 'silent.dev'], { servers, signal, timeout: 3600 });
      await results.next();
      const next = results.next();
      controller.abort();
      await next.catch((error) => console.log(error.name));`,
      'AbortError',
    ],
    [
      'once a signal fires, though nobody waits for a result',
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
  ])('%s', async (_when, script, printed) => {
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
    expect(output.split('\n').join(' ')).toBe(printed);
  });
});

it('the types of the package tell what a program may do', async () => {
  const program = `
    import { type ProbeOptions, type ProbeResult, probe, probeAll, type Status } from 'blogdom';
    const signal = AbortSignal.abort();
    const options: ProbeOptions = { servers: ['127.0.0.1'], tries: 2, canary: false, signal };
    export function reasonOf(result: ProbeResult): string {
      if (result.status === 'unknown') return result.reason;
      // @ts-expect-error Only an unknown one always has a reason.
      const reason: string = result.reason;
      // @ts-expect-error There is no such status.
      return result.status === 'available' ? '' : reason;
    }
    export const one: Promise<ProbeResult> = probe('x.dev', options);
    export async function statuses(names: Set<string> | AsyncGenerator<string>): Promise<Status[]> {
      const all: Status[] = [];
      for await (const { status, addresses, evidence } of probeAll(names)) {
        // @ts-expect-error A result is not the consumer's to change.
        addresses.push('192.0.2.1');
        // @ts-expect-error Nor is what it rests on.
        evidence.push('hearsay');
        all.push(status);
      }
      return all;
    }
    // @ts-expect-error There is no such option.
    probe('x.dev', { server: '127.0.0.1' });
    // @ts-expect-error Numbers are no names.
    probeAll([1, 2, 3]);
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
  // What the compiler finds fault with, it prints, and fails.
  expect(await node(compiler, '-p', directory).catch(({ stdout }: { stdout: string }) => stdout)).toBe('');
});
