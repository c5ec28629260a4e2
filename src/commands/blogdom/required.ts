import type { Problem } from '../../names/domain-name.js';

/**
 * Returns a value.
 *
 * @throws an `Error` with the message of a problem.
 */
export function required<Value>(value: Value | Problem): Value {
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value;
