import { onTestFinished } from 'vitest';
import { type Running, start } from './built-command.js';
import { makeFolder } from './system/folder.js';

/** Opens a named pipe, fills it, and runs a command that prints into it. The command itself keeps it open. */
const script = `
mkfifo "$FOLDER/pipe" && exec 3<>"$FOLDER/pipe"
dd if=/dev/zero bs=4096 oflag=nonblock >&3 2>/dev/null
exec "$@" >"$FOLDER/pipe"`;

/** Starts a program whose standard output is a full pipe that nobody reads. */
export async function startWithStalledReader(program: string, args: readonly string[]): Promise<Running> {
  const folder = await makeFolder();
  onTestFinished(folder.remove);
  return start('sh', ['-c', script, 'sh', program, ...args], { FOLDER: folder.path });
}
