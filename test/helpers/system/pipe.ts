import { execFileSync } from 'node:child_process';

/** Makes a named pipe. */
export const makePipe = (path: string): Buffer => execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]);
