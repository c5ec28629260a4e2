/** Data that this project carries, and that others publish. */
export interface Source {
  /** What it is, to begin a line. */
  readonly name: string;
  /** Where it is published. */
  readonly url: string;
  /** Compares a published text with what the project carries. */
  read(text: string): Update | Problem;
}

/** What has changed. */
export interface Update {
  /** In words, in one line. */
  readonly changes: string;
  /** The file to be written, by its path in the project; undefined if nothing has to be. */
  readonly file?: { readonly path: string; readonly text: string };
}

/** What is wrong with a published text, to follow "expected". */
export interface Problem {
  readonly problem: string;
}

/** The most items that are named one by one. */
const maximumNamed = 20;

/** Lists items after their number, such as `2 new (a, b)`; returns an empty text if there are none. */
export function listed(items: readonly string[], what: string): string {
  if (items.length === 0) return '';
  const named = items.slice(0, maximumNamed).join(', ');
  return `${items.length} ${what} (${named}${items.length > maximumNamed ? ', …' : ''})`;
}

/** Joins what has changed from one day to another. */
export function describeChanges(was: string, is: string, parts: readonly string[]): string {
  const changes = parts.filter((part) => part !== '').join(', ') || 'nothing has changed';
  return was === is ? `${changes} since ${was}` : `${was} -> ${is}: ${changes}`;
}

/** Returns the items that only the first list has. */
export const onlyIn = (items: readonly string[], others: readonly string[]): readonly string[] => {
  const known = new Set(others);
  return items.filter((item) => !known.has(item));
};
