/** Formats a time in the time zone of this machine, to the minute: `2026-11-26 07:30`. */
export function localTime(time: Date): string {
  const date = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-');
  return `${date} ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
