import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { OutputStream } from '../../../src/commands/shared/program.js';
import { createScreen } from '../../../src/commands/shared/screen.js';

/** A terminal to which standard output and standard error are written. */
function terminal() {
  let written = '';
  const stream = (): OutputStream =>
    Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          written += chunk;
          done();
        },
      }),
      { isTTY: true },
    );
  return { stdout: stream(), stderr: stream(), rows: () => rowsOf(written) };
}

/**
 * Returns the rows of the screen of a terminal that obeys line feeds, carriage returns, and the commands to erase the rest
 * of the line or of the screen and to move up, without empty rows at the end. Throws at any other command.
 */
function rowsOf(text: string): string[] {
  const rows: string[] = [''];
  let [row, column] = [0, 0];
  for (const [part] of text.replaceAll('\x1b[', '⎋').matchAll(/⎋\d*[A-Z]|[\s\S]/g)) {
    const current = rows[row] ?? '';
    if (part === '\n') [row, column] = [row + 1, 0];
    else if (part === '\r') column = 0;
    else if (part === '⎋K') rows[row] = current.slice(0, column);
    else if (part === '⎋J') rows.splice(row, rows.length, current.slice(0, column));
    else if (/⎋\d+A/.test(part)) row -= Number.parseInt(part.slice(1), 10);
    else if (part.startsWith('⎋')) throw new Error(`Expected a known command, got ${part}`);
    else rows[row] = current.slice(0, column) + part + current.slice(++column);
    while (rows.length <= row) rows.push('');
  }
  return rows.slice(0, rows.findLastIndex((text) => text !== '') + 1);
}

describe('a screen on a terminal', () => {
  it('replaces the picture by a shorter or a longer one', () => {
    const { stdout, stderr, rows } = terminal();
    const screen = createScreen({ stdout, stderr });
    screen.showPicture('first\nsecond\n');
    expect(rows()).toEqual(['first', 'second']);
    screen.showPicture('one\n');
    expect(rows()).toEqual(['one']);
    screen.showPicture('a\nb\nc\n');
    expect(rows()).toEqual(['a', 'b', 'c']);
    screen.showPicture('');
    expect(rows()).toEqual([]);
  });

  it('has the status line below the picture, and replaces each of them', () => {
    const { stdout, stderr, rows } = terminal();
    const screen = createScreen({ stdout, stderr });
    screen.showStatus('1 name');
    screen.showPicture('picture\n');
    expect(rows()).toEqual(['picture', '1 name']);
    screen.showStatus('2');
    expect(rows()).toEqual(['picture', '2']);
    screen.showPicture('one\ntwo\n');
    expect(rows()).toEqual(['one', 'two', '2']);
    screen.showStatus('');
    expect(rows()).toEqual(['one', 'two']);
  });

  it('writes results and messages above the picture and the status line', async () => {
    const { stdout, stderr, rows } = terminal();
    const screen = createScreen({ stdout, stderr });
    screen.showPicture('picture\n');
    screen.showStatus('status');
    await screen.write('+ not.dev\n');
    screen.report('blogdom: a message\n');
    expect(rows()).toEqual(['+ not.dev', 'blogdom: a message', 'picture', 'status']);
    screen.showPicture('');
    screen.showStatus('');
    expect(rows()).toEqual(['+ not.dev', 'blogdom: a message']);
  });
});
