import { readFile } from 'node:fs/promises';
import { parseResult } from '../../src/history/parse-result.js';
import { openResumed } from '../../src/history/resume.js';
import { absent } from '../formats/results.js';
import { type PlayedProcess, passUntil } from './processes.js';
import { signal } from './results.js';

/** The names that a run asks for. */
export const names = Array.from({ length: 9 }, (_, index) => `w${index}.dev`);

let runs = 0;

/** Asks for names that have no answer in a file of results yet, and records that they are absent, three at a time. */
export async function runAt(
  path: string,
  process: PlayedProcess,
  asked: readonly string[] = names,
): Promise<void> {
  // As in real runs, the results of two runs differ.
  const ms = ++runs;
  const options = { path, keepsResults: false, note: () => {} };
  const resumed = await passUntil(openResumed(options, process, signal), process);
  if ('problem' in resumed) throw new Error(resumed.problem);
  try {
    async function* batches() {
      for (let start = 0; start < asked.length; start += 3) {
        yield asked.slice(start, start + 3).map((name) => ({ name, word: name.slice(0, -4), tld: 'dev' }));
      }
    }
    for await (const batch of resumed.skip(batches(), () => {})) {
      const { failure } = await resumed.record([...batch].map(({ name }) => ({ ...absent, name, ms })));
      if (failure) throw failure;
    }
  } finally {
    await resumed.close();
  }
}

/** Returns the names that have an answer in a file, in order, each as often as it has one. */
export async function answeredIn(path: string): Promise<readonly string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines
    .map((line) => parseResult(line))
    .flatMap((result) => (result && result.status !== 'unknown' ? [result.name] : []))
    .toSorted();
}
