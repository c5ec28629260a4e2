import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Whether another program of the same pipeline prints to a terminal, as `grep` or `less` does after a pipe. Shells put the
 * programs of a pipeline into one process group, and Linux lists them in /proc.
 *
 * @param terminal the path of the terminal, such as `/dev/pts/3`.
 * @param self the id of this process.
 * @returns undefined if the system does not tell.
 */
export function isTerminalShared(terminal: string, self: number): boolean | undefined {
  const own = readProcess(self);
  if (own === undefined) return undefined;
  // A shell or another parent waits, and prints nothing.
  const ancestors = new Set([self]);
  for (let { parent } = own; parent > 1; parent = readProcess(parent)?.parent ?? 0) ancestors.add(parent);
  const ids = (ifReadable(() => readdirSync('/proc')) ?? []).map(Number);
  return ids.some(
    (id) =>
      !ancestors.has(id) && readProcess(id)?.group === own.group && linkOf(`/proc/${id}/fd/1`) === terminal,
  );
}

/** Reads a process from `/proc/ID/stat` (proc(5)). Its name, in parentheses, may contain anything. */
const readProcess = (id: number): { readonly parent: number; readonly group: number } | undefined =>
  ifReadable(() => {
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(parent), group: Number(group) };
  });

/** Returns the target of a symbolic link; undefined if it cannot be read. */
export const linkOf = (path: string): string | undefined => ifReadable(() => readlinkSync(path));

function ifReadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
