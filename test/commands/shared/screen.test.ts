import { describe, expect, it } from 'vitest';
import { createScreen } from '../../../src/commands/shared/screen.js';
import { createFakeTerminal } from '../../helpers/fake-terminal.js';

/** The screen of a command both of whose streams are the same terminal, and the rows of the terminal. */
function openScreen(columns = 80) {
  const { stream, text, resize } = createFakeTerminal(columns);
  const screen = createScreen({ stdout: stream, stderr: stream });
  const rows = async () => {
    const shown = await text();
    return shown === '' ? [] : shown.split('\n');
  };
  return { screen, rows, resize };
}

describe('a screen on a terminal', () => {
  it('replaces the picture by a shorter or a longer one', async () => {
    const { screen, rows } = openScreen();
    screen.showPicture('first\nsecond\n');
    expect(await rows()).toEqual(['first', 'second']);
    screen.showPicture('one\n');
    expect(await rows()).toEqual(['one']);
    screen.showPicture('a\nb\nc\n');
    expect(await rows()).toEqual(['a', 'b', 'c']);
    screen.showPicture('');
    expect(await rows()).toEqual([]);
  });

  it('has the status line below the picture, and replaces each of them', async () => {
    const { screen, rows } = openScreen();
    screen.showStatus('1 name');
    screen.showPicture('picture\n');
    expect(await rows()).toEqual(['picture', '1 name']);
    screen.showStatus('2');
    expect(await rows()).toEqual(['picture', '2']);
    screen.showPicture('one\ntwo\n');
    expect(await rows()).toEqual(['one', 'two', '2']);
    screen.showStatus('');
    expect(await rows()).toEqual(['one', 'two']);
  });

  it('writes results and messages above the picture and the status line', async () => {
    const { screen, rows } = openScreen();
    screen.showPicture('picture\n');
    screen.showStatus('status');
    await screen.write('+ not.dev\n');
    screen.report('blogdom: a message\n');
    expect(await rows()).toEqual(['+ not.dev', 'blogdom: a message', 'picture', 'status']);
    screen.showPicture('');
    screen.showStatus('');
    expect(await rows()).toEqual(['+ not.dev', 'blogdom: a message']);
  });

  it('cuts off what is wider than the terminal', async () => {
    const { screen, rows } = openScreen(10);
    screen.showPicture('a picture\n1234567890123\n');
    screen.showStatus('a status line');
    screen.showStatus('another one');
    expect(await rows()).toEqual(['a picture', '1234567893', 'another oe']);
    screen.showPicture('');
    screen.showStatus('');
    expect(await rows()).toEqual([]);
  });
});
