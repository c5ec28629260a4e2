import { marks } from '../probe/result.js';
import { printable } from '../util/printable.js';
import { loadPaint } from './colors.js';
import type { CreateFormat, LineFormat } from './format.js';

/** Lines for people and `grep`: the mark, a space, the name and, if there is a reason, two spaces and the reason. */
export const text: CreateFormat<LineFormat> = async ({ color }) => {
  const paint = await loadPaint(color);
  return {
    header: '',
    isForPeople: true,
    line({ name, status, reason }) {
      // The mark is never coloured, so that `grep '^+'` always finds it.
      const marked = `${marks[status]} ${paint(name, status)}`;
      return reason ? `${marked}  ${printable(reason)}\n` : `${marked}\n`;
    },
  };
};
