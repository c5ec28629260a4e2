import { InvalidArgumentError } from 'commander';

/** The message for a value that is not valid; fails if it is valid. */
export function errorOf(parse: (text: string) => unknown, text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error.message;
  }
  throw new Error(`Expected ${JSON.stringify(text)} to be rejected`);
}
