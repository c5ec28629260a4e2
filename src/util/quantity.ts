const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Describes a duration, exactly enough for its length: `0.12 s`, `3.1 s`, `45 s`, `2 min 5 s`, `3 h 4 min`, `12 days`.
 *
 * @param seconds at least 0.
 */
export function describeDuration(seconds: number): string {
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < minute) return `${whole} s`;
  if (whole < hour) return inUnits(whole, minute, 'min', 1, 's');
  const minutes = Math.round(seconds / minute) * minute;
  if (minutes < 2 * day) return inUnits(minutes, hour, 'h', minute, 'min');
  return `${grouped(Math.round(seconds / day))} days`;
}

function inUnits(
  seconds: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  const rest = Math.floor((seconds % large) / small);
  const first = `${Math.floor(seconds / large)} ${largeUnit}`;
  return rest === 0 ? first : `${first} ${rest} ${smallUnit}`;
}

/** Writes how many there are of something: `1 word`, `2 words`. */
export const counted = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`;

/** Writes a whole number with commas between thousands: `1,234,567`. */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
