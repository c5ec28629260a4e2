import { onTestFinished } from 'vitest';
import { makeFolder } from './folder.js';
import { run } from './process.js';

/** A terminal in which a command runs. */
export interface Terminal {
  /** Returns the text on the screen, and what has scrolled away above it, without empty lines at the end; after the command has ended, its last line is `status 0`. */
  text(): Promise<string>;
  /** Returns the same text with the escape sequences that color it. */
  colored(): Promise<string>;
  /** Presses keys: `C-c`, `Enter` or the characters of a text. */
  press(...keys: readonly string[]): Promise<void>;
  /** Makes the terminal narrower or wider. */
  resize(columns: number): Promise<void>;
}

/** Keeps the screen after the command has ended. */
const config = `
set -g remain-on-exit on
set -g remain-on-exit-format ''
`;

/** Runs a command and prints its status. A shell would not do: at Ctrl-C, some shells end as well. */
const launcher = `
const { spawn } = require('node:child_process');
process.on('SIGINT', () => {});
const [, file, ...args] = process.argv;
spawn(file, args, { stdio: 'inherit' }).on('exit', (status, signal) => console.log('status ' + (signal ?? status)));
`;

/** Runs a command in a terminal of tmux with 30 rows, which is closed when the test ends. */
export async function openTerminal(command: readonly string[], columns = 100): Promise<Terminal> {
  const folder = await makeFolder({ 'tmux.conf': config });
  const server = ['tmux', '-L', 'blogdom', '-f', `${folder.path}/tmux.conf`];
  const tmux = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await run([...server, ...args], { TMUX_TMPDIR: folder.path });
    if (status !== 0) throw new Error(`Expected tmux ${args[0]} to succeed, got: ${stderr}`);
    return stdout.trimEnd();
  };
  onTestFinished(async () => {
    await tmux('kill-server').finally(folder.remove);
  });
  const launch = [process.execPath, '-e', launcher, '--'];
  await tmux('new-session', '-d', '-x', `${columns}`, '-y', '30', '--', ...launch, ...command);
  return {
    text: () => tmux('capture-pane', '-p', '-S', '-'),
    colored: () => tmux('capture-pane', '-p', '-e'),
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    resize: async (wider) => void (await tmux('resize-window', '-x', `${wider}`)),
  };
}
