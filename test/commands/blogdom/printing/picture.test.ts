import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPrinter } from '../../../../src/commands/blogdom/printing/index.js';
import type { OutputStream } from '../../../../src/commands/shared/program.js';
import type { Screen } from '../../../../src/commands/shared/screen.js';
import type { Reported } from '../../../../src/formats/format.js';
import type { Candidate } from '../../../../src/names/candidate.js';
import { type Status, statuses } from '../../../../src/probe/result.js';

const candidate = (word: string): Candidate => ({ name: `${word}.dev`, word, tld: 'dev' });
const live = (word: string): Reported => ({
  ...candidate(word),
  status: 'live',
  addresses: [],
  tries: 1,
  ms: 1,
  evidence: [],
});

/** A printer of the format `grid`, what it writes, and the pictures that it shows. */
async function printGrid(
  size: { columns: number; rows: number } | undefined,
  only: readonly Status[] = statuses,
  progress: 'auto' | 'never' = 'auto',
) {
  const shown: string[] = [];
  let written = '';
  const screen: Screen = {
    async write(text) {
      written += text;
    },
    report() {},
    showPicture: (text) => void shown.push(text),
    showStatus() {},
    async flush() {},
  };
  const stdout: OutputStream = Object.assign(new Writable(), size, { isTTY: size !== undefined });
  const options = {
    format: 'grid',
    only: new Set(only),
    color: false,
    progress,
  } as const;
  const printer = await createPrinter(options, screen, stdout, (result) => result);
  return { printer, stdout, shown, written: () => written };
}

describe('the printer of a picture', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('prints it once in the end if standard output is not a terminal', async () => {
    const { printer, shown, written } = await printGrid(undefined);
    printer.expect(candidate('not'));
    await printer.print([live('not')]);
    vi.advanceTimersByTime(1000);
    expect(written()).toBe('');
    await printer.end();
    expect(written()).toBe('     dev\nnot  +\n\n+ live\n');
    expect(shown).toEqual([]);
  });

  it('shows it on a terminal from the first candidate on, fewer than 20 times a second', async () => {
    const { printer, shown } = await printGrid({ columns: 80, rows: 24 });
    printer.expect(candidate('not'));
    vi.advanceTimersByTime(1);
    expect(shown).toEqual(['     dev\nnot  ·\n\n· no answer yet\n']);
    for (let times = 0; times < 1000; times++) {
      await printer.print([live('not')]);
      vi.advanceTimersByTime(1);
    }
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.length).toBeLessThan(20);
    expect(shown.at(-1)).toBe('     dev\nnot  +\n\n+ live\n');
  });

  it('prints it once in the end on a terminal that shows no progress', async () => {
    const { printer, stdout, shown, written } = await printGrid({ columns: 80, rows: 24 }, statuses, 'never');
    printer.expect(candidate('not'));
    await printer.print([live('not')]);
    vi.advanceTimersByTime(1000);
    stdout.emit('resize');
    await printer.end();
    expect(shown).toEqual([]);
    expect(written()).toBe('     dev\nnot  +\n\n+ live\n');
  });

  it('draws it anew when the terminal is resized, and leaves room for the status line', async () => {
    const { printer, stdout, shown } = await printGrid({ columns: 80, rows: 24 });
    for (const word of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) printer.expect(candidate(word));
    vi.advanceTimersByTime(1000);
    Object.assign(stdout, { rows: 8 });
    stdout.emit('resize');
    vi.advanceTimersByTime(1000);
    expect(shown.map((picture) => picture.trimEnd().split('\n').length)).toEqual([11, 6]);
  });

  it('removes it at the end, and prints it whole', async () => {
    const { printer, stdout, shown, written } = await printGrid({ columns: 80, rows: 24 });
    await printer.print([live('not')]);
    await printer.end();
    vi.advanceTimersByTime(1000);
    expect(shown).toEqual(['']);
    expect(written()).toBe('     dev\nnot  +\n\n+ live\n');
    expect(stdout.listenerCount('resize')).toBe(0);
  });

  it('leaves out the results that --only does not name', async () => {
    const { printer, written } = await printGrid(undefined, ['absent']);
    printer.expect(candidate('not'));
    printer.expect(candidate('is'));
    await printer.print([live('not'), { ...live('is'), status: 'absent' }]);
    await printer.end();
    expect(written()).toBe('    dev\nis  -\n\n- absent\n');
  });
});
