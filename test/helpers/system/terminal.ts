import { onTestFinished } from 'vitest';
import { makeFolder } from './folder.js';
import { run } from './process.js';

/** A terminal in which a command runs, closed when the test is over. */
export interface Terminal {
  /** What stands in it, without the empty lines at its end; `status 0` comes last, when the command has ended. */
  text(): Promise<string>;
  /** The same with the escape sequences that color it. */
  colored(): Promise<string>;
  /** Presses keys: `C-c`, `Enter`, or the characters of a text. */
  press(...keys: readonly string[]): Promise<void>;
}

/** What was printed stays to be seen. */
const config = `
set -g remain-on-exit on
set -g remain-on-exit-format ''
`;

/** Says how the command has ended. It is no shell, because some end themselves at Ctrl-C, or not, by chance. */
const launcher = `
const { spawn } = require('node:child_process');
process.on('SIGINT', () => {});
const [, file, ...args] = process.argv;
spawn(file, args, { stdio: 'inherit' }).on('exit', (status, signal) => console.log('status ' + (signal ?? status)));
`;

/** Runs a command in a terminal. */
export async function openTerminal(command: readonly string[]): Promise<Terminal> {
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
  await tmux('new-session', '-d', '-x', '100', '-y', '30', '--', ...launch, ...command);
  return {
    text: () => tmux('capture-pane', '-p'),
    colored: () => tmux('capture-pane', '-p', '-e'),
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
  };
}
