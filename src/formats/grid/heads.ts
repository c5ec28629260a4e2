import stringWidth from 'string-width';
import type { Column } from '../table.js';
import { charactersOf } from './display.js';

/** The head of a column. */
export interface Head {
  /** The index of the column. */
  readonly index: number;
  readonly lines: readonly string[];
  /** The width of the widest line, at least 1. */
  readonly width: number;
}

/** The heads of columns that stand side by side. */
export interface Heads {
  readonly heads: readonly Head[];
  /** The number of spaces before each column. */
  readonly gap: number;
}

/** Returns heads that are written from left to right. */
const horizontal = (columns: readonly Column[]): Heads => ({
  heads: columns.map(({ index, label }) => headOf(index, [label])),
  gap: 2,
});

/** Returns heads that are written from top to bottom, so that the columns are narrow. */
const vertical = (columns: readonly Column[], height: number): Heads => ({
  heads: columns.map(({ index, label }) => headOf(index, firstOf(charactersOf(label), height))),
  gap: 1,
});

const firstOf = (characters: readonly string[], count: number): readonly string[] =>
  characters.length > count ? [...characters.slice(0, count - 1), '…'] : characters;

function headOf(index: number, lines: readonly string[]): Head {
  return { index, lines, width: Math.max(1, ...lines.map((line) => stringWidth(line))) };
}

const widthOf = ({ heads, gap }: Heads): number => heads.reduce((sum, { width }) => sum + gap + width, 0);

/** Returns how many lines the highest head has. */
export const heightOf = ({ heads }: Heads): number => Math.max(0, ...heads.map(({ lines }) => lines.length));

/**
 * Divides columns into blocks that fit into a width, at least one column in each. The heads are vertical if they do not
 * fit side by side.
 *
 * @param width in characters; undefined means that it is not limited.
 * @param height the most lines of a head; a longer one is cut.
 */
export function blocksOf(
  columns: readonly Column[],
  width: number | undefined,
  height = Number.POSITIVE_INFINITY,
): readonly Heads[] {
  const sideBySide = horizontal(columns);
  if (width === undefined || widthOf(sideBySide) <= width) return [sideBySide];
  const { heads, gap } = vertical(columns, height);
  const blocks: Head[][] = [];
  let room = 0;
  for (const head of heads) {
    const needed = gap + head.width;
    const block = blocks.at(-1);
    if (block && needed <= room) {
      block.push(head);
      room -= needed;
    } else {
      blocks.push([head]);
      room = width - needed;
    }
  }
  return blocks.map((block) => ({ heads: block, gap }));
}
