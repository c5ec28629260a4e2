import { marks, type Status } from '../probe/result.js';
import { localTime } from '../util/local-time.js';
import { printable } from '../util/printable.js';
import { loadPaint } from './colors.js';
import type { CreateFormat, LineFormat, Reported } from './format.js';

/**
 * Lines for people and `grep`: the mark, a space and the name; then, each after two spaces and only if there is one, the
 * change of the status, its time, and the reason.
 */
export const text: CreateFormat<LineFormat> = async ({ color }) => {
  const paint = await loadPaint(color);
  return {
    header: '',
    isForPeople: true,
    line(result) {
      const { name, status, was, reason } = result;
      // The mark is never coloured, so that `grep '^+'` always finds it.
      const marked = `${marks[status]} ${paint(name, status)}${was === undefined ? '' : changeOf(was, result)}`;
      return reason ? `${marked}  ${printable(reason)}\n` : `${marked}\n`;
    },
  };
};

function changeOf(was: Status, { status, at }: Reported): string {
  const change = `  ${was} -> ${status}`;
  return at ? `${change}  ${localTime(at)}` : change;
}
