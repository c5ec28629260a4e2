import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder for the files of one test. */
export interface Folder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a temporary folder.
 *
 * @param files the texts of the files in it, by name.
 */
export async function makeFolder(files: Readonly<Record<string, string>> = {}): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'blogdom-'));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(path, name), text)));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
