import type { ColorName, ModifierName } from 'chalk';
import type { Status } from '../probe/result.js';

/** Colours a text by a status. */
export type Paint = (text: string, status: Status) => string;

const colors = {
  live: 'green',
  taken: 'yellow',
  absent: 'dim',
  unregistered: 'cyan',
  unknown: 'red',
} as const satisfies Record<Status, ColorName | ModifierName>;

/** Returns the function that colours texts for a terminal; without colour, it returns them unchanged. */
export async function loadPaint(color: boolean): Promise<Paint> {
  if (!color) return (text) => text;
  // Loaded on demand: it would slow down every start, and most output is not coloured.
  const { Chalk } = await import('chalk');
  // Given a level, chalk does not inspect the terminal itself.
  const chalk = new Chalk({ level: 1 });
  return (text, status) => chalk[colors[status]](text);
}
