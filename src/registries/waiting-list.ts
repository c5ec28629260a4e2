import type { ProbeResult } from '../probe/result.js';
import type { Spilled, SpillFile } from '../util/spill-file.js';

/** Results that wait for their registries, in memory or in a file. */
export interface WaitingList {
  /** Adds a result at the end of a line. */
  add(line: string, result: ProbeResult): Promise<void>;
  /** Takes up to 100 results from the front of a line: none if nobody waits there. */
  take(line: string): Promise<readonly ProbeResult[]>;
}

/** Results that follow each other in a line. */
interface Chunk {
  results: ProbeResult[];
  /** Where they are if they are not in memory. */
  spilled?: Spilled;
}

/** The number of results in a chunk that is full. */
const chunkSize = 100;

/**
 * Creates an empty waiting list.
 *
 * @param maximumInMemory results in memory at most, in all lines together; each line may keep 100 more. The others are
 *   written to the file. If that fails, they stay in memory.
 */
export function createWaitingList(file: SpillFile, maximumInMemory: number): WaitingList {
  const lines = new Map<string, Chunk[]>();
  let inMemory = 0;

  const spill = async (chunks: readonly Chunk[], chunk: Chunk) => {
    const spilled = await file.append(JSON.stringify(chunk.results));
    // It may have been taken in the meantime.
    if (spilled === undefined || !chunks.includes(chunk)) return;
    inMemory -= chunk.results.length;
    chunk.results = [];
    chunk.spilled = spilled;
  };

  return {
    async add(line, result) {
      const chunks = lines.get(line) ?? [];
      lines.set(line, chunks);
      const last = chunks.at(-1);
      const isOpen = last !== undefined && last.spilled === undefined && last.results.length < chunkSize;
      const chunk = isOpen ? last : { results: [] };
      if (!isOpen) chunks.push(chunk);
      inMemory++;
      if (chunk.results.push(result) === chunkSize && inMemory > maximumInMemory) await spill(chunks, chunk);
    },
    async take(line) {
      const chunks = lines.get(line);
      const chunk = chunks?.shift();
      if (chunk === undefined) return [];
      if (chunks?.length === 0) lines.delete(line);
      if (chunk.spilled) return JSON.parse(await file.read(chunk.spilled));
      inMemory -= chunk.results.length;
      return chunk.results;
    },
  };
}
