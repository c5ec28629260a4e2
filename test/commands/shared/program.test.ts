import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Parsed } from '../../../src/commands/shared/parse.js';
import { runProgram } from '../../../src/commands/shared/program.js';

/** Runs a program whose arguments parse to `parsed`, and returns what it printed and its status. */
async function run(parsed: Parsed<string>, argv: readonly string[] = ['a'], terminal: object = {}) {
  const printed = { stdout: '', stderr: '' };
  const into = (name: keyof typeof printed) =>
    new Writable({
      write(chunk, _encoding, done) {
        printed[name] += chunk;
        done();
      },
    });
  const { signal } = new AbortController();
  const given: unknown[] = [];
  const program = {
    name: 'program',
    parse: (...args: readonly unknown[]) => {
      given.push(...args);
      return parsed;
    },
    run: async (...args: readonly unknown[]) => {
      given.push(...args);
      return 130;
    },
  };
  const streams = {
    stdin: (async function* () {})(),
    stdout: into('stdout'),
    stderr: Object.assign(into('stderr'), terminal),
  };
  const invocation = { argv, env: { B: 'b' }, streams };
  const status = await runProgram(program, invocation, signal);
  return { ...printed, status, given, streams, signal };
}

describe('runProgram', () => {
  it('runs the program with its options, its streams and the signal, and returns its status', async () => {
    const { given, streams, signal, status } = await run({ options: 'options' });
    const stdout = { isTTY: false, columns: undefined };
    expect(given).toEqual([['a'], { B: 'b' }, stdout, 'options', streams, signal]);
    expect(status).toBe(130);
  });

  it.each([
    ['help to standard output', 0, { stdout: 'text\n', stderr: '' }],
    ['an error to standard error', 2, { stdout: '', stderr: 'text\n' }],
  ] as const)('prints %s, runs nothing, and returns %i', async (_what, status, printed) => {
    const ended = await run({ text: 'text\n', status });
    expect(ended).toMatchObject({ ...printed, status });
    expect(ended.given).toHaveLength(3);
  });

  it('knows the width of the terminal of standard error, at which a pager shows the help', async () => {
    const { given } = await run({ text: 'help\n', status: 0 }, ['--help'], { isTTY: true, columns: 40 });
    expect(given[2]).toEqual({ isTTY: false, columns: 40 });
  });

  it.each(['--version', '-V'])('prints the version for a lone %s without parsing it', async (argument) => {
    const ended = await run({ options: 'options' }, [argument]);
    expect(ended).toMatchObject({ stdout: `${packageJson.version}\n`, stderr: '', status: 0, given: [] });
  });
});
