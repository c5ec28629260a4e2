import type { Batches } from '../../names/candidate.js';
import type { Screen } from '../shared/screen.js';

/** Lines are written as soon as they have this many characters: one word can have very many candidates. */
const chunkLength = 65_536;

/**
 * Writes the candidate names without probing them.
 *
 * @throws the signal's reason when it aborts, even if the next name never comes.
 */
export async function list(candidates: Batches, screen: Screen, signal: AbortSignal): Promise<void> {
  await Promise.race([writeNames(candidates, screen, signal), aborted(signal)]);
}

async function writeNames(candidates: Batches, screen: Screen, signal: AbortSignal): Promise<void> {
  for await (const batch of candidates) {
    let lines = '';
    for (const { name } of batch) {
      lines += `${name}\n`;
      if (lines.length < chunkLength) continue;
      await screen.write(lines);
      signal.throwIfAborted();
      lines = '';
    }
    await screen.write(lines);
  }
}

/** Rejects with the signal's reason when the signal aborts. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
