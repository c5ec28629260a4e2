import { createKeyedHash } from '../util/keyed-hash.js';

/**
 * Creates a filter that drops repeated texts of an endless stream. It is a hash table whose oldest entries expire: in a stream
 * of 3,000,000 names it takes 0.3 µs a name. A `Set` without its oldest entries takes 1 µs, which would be 6 % of a run over TCP.
 *
 * @param count how many distinct texts are remembered.
 * @returns a function that records `text` and returns true if it is not among the last `count` distinct texts.
 */
export function createRepeatFilter(count: number): (text: string) => boolean {
  // Texts are numbered from 1. A text expires when `count` others have been recorded after it.
  let last = 0;
  const slots = 2 ** Math.ceil(Math.log2(count));
  const slotOf = (number: number) => number & (slots - 1);
  // With several buckets for each text, most of them are empty, and nothing else has to be fetched into the processor's cache.
  const buckets = 4 * slots;
  const bucketOf = (hash: number) => hash & (buckets - 1);
  const hashOf = createKeyedHash();
  const texts = Array<string>(slots).fill('');
  const hashes = new Int32Array(slots);
  /** For each bucket, the number of its newest text; 0 if it has none. */
  const newest = new Float64Array(buckets);
  /** For each text, the number of the text before it in its bucket; 0 if there is none. */
  const previous = new Float64Array(slots);

  const isRemembered = (text: string, hash: number): boolean => {
    const expired = Math.max(last - count, 0);
    for (let number = newest[bucketOf(hash)] ?? 0; number > expired; number = previous[slotOf(number)] ?? 0) {
      if (hashes[slotOf(number)] === hash && texts[slotOf(number)] === text) return true;
    }
    return false;
  };

  return (text) => {
    const hash = hashOf(text);
    if (isRemembered(text, hash)) return false;
    const bucket = bucketOf(hash);
    last++;
    texts[slotOf(last)] = text;
    hashes[slotOf(last)] = hash;
    previous[slotOf(last)] = newest[bucket] ?? 0;
    newest[bucket] = last;
    return true;
  };
}
