import type { Status } from '../../src/probe/result.js';
import { keysOf } from '../../src/util/keys.js';
import type { NamesOfWorld } from './world.js';

/** What is true of a name: its status, or that no server answers for it. */
export type Truth = Extract<Status, 'live' | 'taken' | 'absent'> | 'silent' | 'failing';

const kinds = { live: 'l', taken: 't', absent: 'a', silent: 's', failing: 'f' } as const satisfies Record<
  Truth,
  string
>;
const byLetter: ReadonlyMap<string, Truth> = new Map(keysOf(kinds).map((kind) => [kinds[kind], kind]));

/** Tells what is true of a label of the world; undefined for any other label. */
export function truthOf(label: string): Truth | undefined {
  const [, letter] = /^n\d+-([ltasf])$/.exec(label) ?? [];
  return letter === undefined ? undefined : byLetter.get(letter);
}

/** Whether a filter refuses a name: one in three of the world's names. */
export const isFiltered = (name: string): boolean => /^n\d*[369]-/.test(name);

/** Returns the names of a world, in the order in which they are asked for. */
export function namesOf(world: NamesOfWorld): { readonly name: string; readonly truth: Truth }[] {
  const { count, suffixes, live, taken, silent, failing } = world;
  const kindAt = (index: number): Truth => {
    // A sequence that is spread evenly, so that each prefix has about the same shares.
    const share = (index * 0.618033988749895) % 1;
    if (share < silent) return 'silent';
    if (share < silent + failing) return 'failing';
    if (share < silent + failing + live) return 'live';
    return share < silent + failing + live + taken ? 'taken' : 'absent';
  };
  const names = Array.from({ length: count }, (_, index) => {
    const truth = kindAt(index);
    return { name: `n${index}-${kinds[truth]}.${suffixes[index % suffixes.length]}`, truth };
  });
  if (!world.areSilentFirst) return names;
  return [
    ...names.filter(({ truth }) => truth === 'silent'),
    ...names.filter(({ truth }) => truth !== 'silent'),
  ];
}
