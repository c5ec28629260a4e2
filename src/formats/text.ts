import { marks, type Status } from '../probe/result.js';
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

/** Formats a time as a person at this place reads it, to the minute. */
function localTime(time: Date): string {
  const date = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-');
  return `${date} ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
