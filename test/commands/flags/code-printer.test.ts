import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { type CodePrinter, createCodePrinter } from '../../../src/commands/flags/code-printer.js';
import { createScreen } from '../../../src/commands/shared/screen.js';
import { createFakeTerminal } from '../../helpers/fake-terminal.js';

/** A printer to streams that are not terminals, with everything that it has printed. */
function openPrinter(sharesTerminal: boolean) {
  const printed = { stdout: '', stderr: '', screen: '' };
  const collect = (name: 'stdout' | 'stderr') =>
    new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => {
      printed[name] += text;
      printed.screen += text;
    });
  const streams = {
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    sharesTerminal: () => sharesTerminal,
  };
  return { ...createCodePrinter(createScreen(streams), streams, false), printed, stdout: streams.stdout };
}

async function printAll({ printCode, report, endLine }: CodePrinter) {
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

describe('the printer of blogdom-flags', () => {
  it('keeps the line of codes together below the messages on a terminal', async () => {
    const { stream, text } = createFakeTerminal();
    const streams = { stdout: stream, stderr: stream };
    await printAll(createCodePrinter(createScreen(streams), streams, false));
    expect(await text()).toBe(`${a}${b}${c}BR CN FR`);
  });

  it('shows each code at once on a terminal, in as many lines as are needed', async () => {
    const { stream, text, resize } = createFakeTerminal(10);
    const streams = { stdout: stream, stderr: stream };
    const { printCode, endLine } = createCodePrinter(createScreen(streams), streams, false);
    for (const code of ['BR', 'CN', 'DE', 'FR']) await printCode(code);
    expect(await text()).toBe('BR CN DE\nFR');
    await resize(7);
    expect(await text()).toBe('BR CN\nDE FR');
    await endLine();
    expect(await text()).toBe('BR CN\nDE FR');
  });

  it('moves no cursor on a terminal that cannot, and breaks the line between codes', async () => {
    const { stream, text } = createFakeTerminal(8);
    const write = vi.spyOn(stream, 'write');
    const streams = { stdout: stream, stderr: stream };
    const printer = createCodePrinter(createScreen(streams), streams, true);
    for (const code of ['BR', 'CN', 'DE', 'FR']) await printer.printCode(code);
    await printer.report('a');
    await printer.printCode('US');
    await printer.endLine();
    expect(await text()).toBe('BR CN DE\nFR \nblogdom-\nflags: a\nUS');
    expect(write.mock.calls.join('')).not.toContain('\x1b');
  });

  it('starts a line for each message on a terminal to which the reader of a pipe prints the codes', async () => {
    const printer = openPrinter(true);
    await printAll(printer);
    expect(printer.printed).toEqual({
      stdout: 'BR CN FR \n',
      stderr: `${a}\n${b}${c}`,
      screen: `${a}BR CN \n${b}${c}FR \n`,
    });
  });

  it('starts no line if that reader has left', async () => {
    const printer = openPrinter(true);
    await printer.printCode('BR');
    printer.stdout.destroy(new Error('EPIPE'));
    await new Promise(setImmediate);
    await printer.report('b');
    expect(printer.printed.stderr).toBe(b);
  });

  it('adds nothing to the streams elsewhere', async () => {
    const printer = openPrinter(false);
    await printAll(printer);
    expect(printer.printed).toMatchObject({ stdout: 'BR CN FR \n', stderr: `${a}${b}${c}` });
  });
});
