import { marks } from '../probe/result.js';
import { localTime } from '../util/local-time.js';
import { printable } from '../util/printable.js';
import { describeChanges } from './changes.js';
import { loadPaint } from './colors.js';
import type { CreateFormat, LineFormat, Reported } from './format.js';

/**
 * Lines for people and `grep`: the mark, a space and the name; then, each after two spaces and only if there are any, the name
 * in Unicode, the changes, their time, and the reason.
 */
export const text: CreateFormat<LineFormat> = async ({ color, now = () => new Date() }) => {
  const paint = await loadPaint(color);
  return {
    header: '',
    isForPeople: true,
    line(result) {
      const { name, unicode, status } = result;
      const reason = reasonOf(result, now);
      // The mark is never coloured, so that `grep '^+'` always finds it.
      const typed = unicode === undefined ? '' : `  ${printable(unicode)}`;
      const marked = `${marks[status]} ${paint(name, status)}${typed}${textOfChanges(result)}`;
      return reason ? `${marked}  ${printable(reason)}\n` : `${marked}\n`;
    },
  };
};

/** An expiry is printed if it is at most this many milliseconds away: 60 days. */
const nearby = 60 * 24 * 60 * 60 * 1000;

/** The reason, and the expiry of the registration if it is near. */
function reasonOf({ reason, expires }: Reported, now: () => Date): string | undefined {
  if (expires === undefined) return reason;
  const left = Date.parse(expires) - now().getTime();
  // Also if the date is not valid.
  if (!(Math.abs(left) <= nearby)) return reason;
  const expiry = `${left < 0 ? 'expired' : 'expires'} ${expires.slice(0, 'yyyy-mm-dd'.length)}`;
  return reason ? `${reason}; ${expiry}` : expiry;
}

function textOfChanges(result: Reported): string {
  const changes = describeChanges(result).join(', ');
  if (changes === '') return '';
  return result.at ? `  ${changes}  ${localTime(result.at)}` : `  ${changes}`;
}
