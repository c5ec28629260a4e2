import { createKeyedHash } from '../util/keyed-hash.js';

/** A number for each of many names. */
export interface NameTable {
  /** The number of names. */
  readonly size: number;
  get(name: string): number | undefined;
  /** Sets the number of a name; returns the one that it replaces. */
  set(name: string, value: number): number | undefined;
}

/** Octets of one block. An entry lies within one block. */
const blockLength = 2 ** 20;

/**
 * Creates an empty table. Names are kept as octets in large blocks, with a hash table of their positions. That takes
 * about 30 octets for a name of 12 characters; a `Map` takes about 100, and holds at most 2^24 names.
 *
 * All names have to be ASCII, of at most 255 characters.
 *
 * @param width the octets of a number, 1 to 6: it is a whole number from 0 to 256^width - 1.
 */
export function createNameTable(width: number): NameTable {
  /** Octets before the name in an entry: its length and its number. */
  const headLength = 1 + width;
  const blocks: Buffer[] = [];
  let size = 0;
  /** The position after the last entry: its octet in all blocks together. */
  let end = 0;
  /** For each slot, the position of its entry plus 1; 0 if it is empty. Collisions go to the next slot. */
  let slots = new Uint32Array(1024);
  const hashOf = createKeyedHash();

  const blockAt = (position: number): Buffer => {
    const index = Math.floor(position / blockLength);
    const block = blocks[index] ?? Buffer.allocUnsafe(blockLength);
    blocks[index] = block;
    return block;
  };

  const isAt = (position: number, name: string): boolean => {
    const block = blockAt(position);
    const start = position % blockLength;
    if (block[start] !== name.length) return false;
    for (let index = 0; index < name.length; index++) {
      if (block[start + headLength + index] !== name.charCodeAt(index)) return false;
    }
    return true;
  };

  /** Returns the slot of a name, or the empty one in which it belongs. */
  const slotOf = (name: string): number => {
    let slot = hashOf(name) & (slots.length - 1);
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0 || isAt(entry - 1, name)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
  };

  const append = (name: string): number => {
    const length = headLength + name.length;
    if ((end % blockLength) + length > blockLength) end = (Math.floor(end / blockLength) + 1) * blockLength;
    const position = end;
    const block = blockAt(position);
    block[position % blockLength] = name.length;
    block.write(name, (position % blockLength) + headLength, 'latin1');
    end += length;
    size++;
    return position;
  };

  const grow = () => {
    const old = slots;
    slots = new Uint32Array(2 * old.length);
    for (const entry of old) {
      if (entry === 0) continue;
      const block = blockAt(entry - 1);
      const start = (entry - 1) % blockLength;
      const length = block[start] ?? 0;
      slots[slotOf(block.toString('latin1', start + headLength, start + headLength + length))] = entry;
    }
  };

  const valueAt = (position: number): number =>
    blockAt(position).readUIntBE((position % blockLength) + 1, width);

  return {
    get size() {
      return size;
    },
    get(name) {
      const entry = slots[slotOf(name)] ?? 0;
      return entry === 0 ? undefined : valueAt(entry - 1);
    },
    set(name, value) {
      if (size * 2 >= slots.length) grow();
      const slot = slotOf(name);
      const entry = slots[slot] ?? 0;
      const position = entry === 0 ? append(name) : entry - 1;
      const previous = entry === 0 ? undefined : valueAt(position);
      blockAt(position).writeUIntBE(value, (position % blockLength) + 1, width);
      slots[slot] = position + 1;
      return previous;
    },
  };
}
