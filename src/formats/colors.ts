import type { ChalkInstance } from 'chalk';
import type { Status } from '../probe/result.js';

/** Colours a text by a status. */
export type Paint = (text: string, status: Status) => string;

/**
 * What people look for stands out by its brightness as well as by its colour, on a light and on a dark terminal: names that
 * are in use are dim. The page has the same colours, in `html/page.css`.
 */
const colors: Readonly<Record<Status, (chalk: ChalkInstance) => ChalkInstance>> = {
  live: (chalk) => chalk.dim,
  taken: (chalk) => chalk.dim,
  absent: (chalk) => chalk.bold,
  unregistered: (chalk) => chalk.bold.green,
  unknown: (chalk) => chalk.yellow,
};

/** Returns the function that colours texts for a terminal; without colour, it returns them unchanged. */
export async function loadPaint(color: boolean): Promise<Paint> {
  if (!color) return (text) => text;
  // Loaded on demand: it would slow down every start, and most output is not coloured.
  const { Chalk } = await import('chalk');
  // Given a level, chalk does not inspect the terminal itself.
  const chalk = new Chalk({ level: 1 });
  return (text, status) => colors[status](chalk)(text);
}
