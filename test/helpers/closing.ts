/** The functions to call after the last test of the present file. */
const opened: (() => unknown)[] = [];

/** Calls a function after the last test of the file: a hook after each test cannot tell concurrent tests apart. */
export function afterFile(close: () => unknown): void {
  opened.push(close);
}

/** Calls all functions given to `afterFile`. */
export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((close) => close()));
}
