import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process, as far as it is needed here. */
interface Process {
  readonly id: number;
  readonly parent: number;
  readonly group: number;
}

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
  const ancestors = new Set<number>();
  for (
    let process: Process | undefined = own;
    process && process.id > 1;
    process = readProcess(process.parent)
  )
    ancestors.add(process.id);
  return processIds().some(
    (id) => !ancestors.has(id) && readProcess(id)?.group === own.group && outputOf(id) === terminal,
  );
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Reads a process from `/proc/ID/stat` (proc(5)). Its name, in parentheses, may contain anything. */
function readProcess(id: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { id, parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}

/** Returns the path of what a process has as its standard output. */
function outputOf(id: number): string | undefined {
  return linkOf(`/proc/${id}/fd/1`);
}

/** Returns the target of a symbolic link; undefined if it cannot be read. */
export function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
