import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ProbeResult } from '../probe/result.js';

/** A first-in, first-out queue for millions of results. */
export interface CompactQueue {
  push(result: ProbeResult): void;
  /** Removes and returns the oldest result; undefined if the queue is empty. */
  shift(): ProbeResult | undefined;
}

/** Results that are compressed together. */
const chunkSize = 100;

/**
 * Creates an empty queue. All but the first and the last 100 results are compressed: each then takes some 45 octets instead
 * of some 360.
 */
export function createCompactQueue(): CompactQueue {
  /** The oldest results, in reverse order. */
  let first: ProbeResult[] = [];
  const compressed: Buffer[] = [];
  let last: ProbeResult[] = [];

  const takeChunk = (): ProbeResult[] => {
    const chunk = compressed.shift();
    if (chunk) return JSON.parse(inflateRawSync(chunk).toString());
    const results = last;
    last = [];
    return results;
  };

  return {
    push(result) {
      if (last.push(result) < chunkSize) return;
      // Copied, because the octets lie in a buffer of 16 kB.
      compressed.push(Buffer.from(deflateRawSync(JSON.stringify(last))));
      last = [];
    },
    shift() {
      if (first.length === 0) first = takeChunk().reverse();
      return first.pop();
    },
  };
}
