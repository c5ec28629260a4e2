import type { ColorName, ModifierName } from 'chalk';
import { marks, type Status } from '../probe/result.js';
import { printable } from '../util/printable.js';
import type { CreateFormat, LineFormat } from './format.js';

type Paint = (name: string, status: Status) => string;

const colors = {
  live: 'green',
  taken: 'yellow',
  absent: 'dim',
  unregistered: 'cyan',
  unknown: 'red',
} as const satisfies Record<Status, ColorName | ModifierName>;

/** Lines for people and `grep`: the mark, a space, the name and, if there is a reason, two spaces and the reason. */
export const text: CreateFormat<LineFormat> = async ({ color }) => {
  const paint = color ? await loadPaint() : plain;
  return {
    header: '',
    line({ name, status, reason }) {
      // The mark is never coloured, so that `grep '^+'` always finds it.
      const marked = `${marks[status]} ${paint(name, status)}`;
      return reason ? `${marked}  ${printable(reason)}\n` : `${marked}\n`;
    },
  };
};

function plain(name: string): string {
  return name;
}

async function loadPaint(): Promise<Paint> {
  // Loaded on demand: it would slow down every start, and most output is not coloured.
  const { Chalk } = await import('chalk');
  // Given a level, chalk does not inspect the terminal itself.
  const chalk = new Chalk({ level: 1 });
  return (name, status) => chalk[colors[status]](name);
}
