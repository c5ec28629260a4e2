import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../src/commands/flags/progress.js';
import { createOutput } from '../../../src/commands/shared/output.js';

/** The progress of a run, with everything that it has printed. */
function openProgress(isTerminal: boolean, sharedTerminal: boolean) {
  const printed = { stdout: '', stderr: '', screen: '' };
  const collect = (name: 'stdout' | 'stderr') =>
    new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => {
      printed[name] += text;
      printed.screen += text;
    });
  const stdout = collect('stdout');
  const streams = { stdout, stderr: collect('stderr'), sharedTerminal };
  return { ...createProgress(createOutput(stdout), streams, isTerminal), printed, stdout };
}

async function printAll({ printCode, report, endLine }: ReturnType<typeof openProgress>) {
  await report('a');
  await printCode('BR');
  await printCode('CN');
  await report('b');
  await report('c');
  await printCode('FR');
  await endLine();
  await endLine();
}

const [a, b, c] = ['a', 'b', 'c'].map((message) => `blogdom-flags: ${message}\n`);

describe('createProgress', () => {
  it('starts a line for each message on a terminal', async () => {
    const progress = openProgress(true, true);
    await printAll(progress);
    expect(progress.printed.screen).toBe(`${a}BR CN \n${b}${c}FR \n`);
  });

  it('starts a line for each message on a terminal to which the reader of a pipe prints the codes', async () => {
    const progress = openProgress(false, true);
    await printAll(progress);
    expect(progress.printed).toEqual({
      stdout: 'BR CN FR \n',
      stderr: `${a}\n${b}${c}`,
      screen: `${a}BR CN \n${b}${c}FR \n`,
    });
  });

  it('starts no line if that reader has left', async () => {
    const progress = openProgress(false, true);
    await progress.printCode('BR');
    progress.stdout.destroy(new Error('EPIPE'));
    await new Promise(setImmediate);
    await progress.report('b');
    expect(progress.printed.stderr).toBe(b);
  });

  it('adds nothing to the streams elsewhere', async () => {
    const progress = openProgress(false, false);
    await printAll(progress);
    expect(progress.printed).toMatchObject({ stdout: 'BR CN FR \n', stderr: `${a}${b}${c}` });
  });
});
