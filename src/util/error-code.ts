/** Returns the code of an error of the system, such as `ENOENT`, or the text of an error without a code. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
