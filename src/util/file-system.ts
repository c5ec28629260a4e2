import * as promises from 'node:fs/promises';

/** The calls of the system that the files of results need. Tests let them fail. */
export type FileSystem = Pick<typeof promises, 'open' | 'realpath' | 'rename' | 'rm' | 'stat'>;

/** The files of this machine. */
export const systemFiles: FileSystem = promises;
