/** No two of these chains get long: there are more of them than there are texts. */
const chains = 2 ** 17;

/**
 * Remembers texts. A table of numbers, as a `Set` that texts are added to and deleted from all the time costs
 * more than twice as much.
 *
 * @param count how many are remembered, up to 100,000 or so.
 * @returns what tells whether a text is none of the last so many different ones, and remembers it.
 */
export function rememberLast(count: number): (text: string) => boolean {
  const texts: string[] = [];
  const hashes = new Uint32Array(count);
  /** Places in those lists, from 1; 0 is the end of a chain. Each chain begins with what came last. */
  const heads = new Uint32Array(chains);
  const older = new Uint32Array(count + 1);
  let last = 0;

  const has = (text: string, hash: number): boolean => {
    for (let place = heads[hash % chains]; place; place = older[place]) {
      if (hashes[place - 1] === hash && texts[place - 1] === text) return true;
    }
    return false;
  };

  /** Takes the text that came first, and so ends its chain, out of it. */
  const forget = (place: number) => {
    const chain = (hashes[place - 1] ?? 0) % chains;
    let newer = heads[chain] ?? 0;
    if (newer === place) {
      heads[chain] = 0;
      return;
    }
    while (older[newer] !== place) newer = older[newer] ?? 0;
    older[newer] = 0;
  };

  return (text) => {
    const hash = hashOf(text);
    if (has(text, hash)) return false;
    const place = (last % count) + 1;
    if (texts.length === count) forget(place);
    texts[place - 1] = text;
    hashes[place - 1] = hash;
    older[place] = heads[hash % chains] ?? 0;
    heads[hash % chains] = place;
    last = place;
    return true;
  };
}

/** FNV-1a over the text's code units: 32 bits, unsigned. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
