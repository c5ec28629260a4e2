import type { ColorName, ModifierName } from 'chalk';
import { marks, type Status } from '../probe/result.js';
import { printable } from '../util/printable.js';
import type { MakeFormat } from './format.js';

type Paint = (name: string, status: Status) => string;

const colors = {
  live: 'green',
  taken: 'yellow',
  absent: 'dim',
  unregistered: 'cyan',
  unknown: 'red',
} as const satisfies Record<Status, ColorName | ModifierName>;

/** For people and `grep`: the mark, a space, the name, and, after two spaces, the reason where there is one. */
export const text: MakeFormat = async ({ color }) => {
  const paint = color ? await colored() : plain;
  return {
    header: '',
    line({ name, status, reason }) {
      // The mark stays without color, so that `grep '^+'` finds it in either case.
      const start = `${marks[status]} ${paint(name, status)}`;
      return reason ? `${start}  ${printable(reason)}\n` : `${start}\n`;
    },
  };
};

function plain(name: string): string {
  return name;
}

async function colored(): Promise<Paint> {
  // Loaded on demand, because most output is not colored and every start would pay for it.
  const { Chalk } = await import('chalk');
  // With a level given, chalk's own guess at the terminal plays no part.
  const chalk = new Chalk({ level: 1 });
  return (name, status) => chalk[colors[status]](name);
}
