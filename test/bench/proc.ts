import { readFile } from 'node:fs/promises';

/** Counts the datagrams that were dropped because the buffers of a port's sockets, at any address, were full. */
export async function droppedAt(port: number): Promise<number> {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = (await readFile('/proc/net/udp', 'utf8')).split('\n').map((row) => row.trim().split(/\s+/));
  return rows.filter((row) => row[1]?.endsWith(end)).reduce((sum, row) => sum + Number(row.at(-1)), 0);
}

/** The clock ticks of a second in /proc, which is 100 on every common system. */
const ticksPerSecond = 100;

/**
 * Adds up the processor time of a process and of the processes that it has started (proc_pid_stat(5)). Those that end in the
 * meantime do not count.
 */
export async function processorSecondsOf(pid: number): Promise<number> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const stat = await read('stat');
  // The name, in parentheses, may contain spaces; user and system time are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const own = (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
  const children = (await read(`task/${pid}/children`)).split(' ').filter(Boolean);
  const times = await Promise.all(children.map((child) => processorSecondsOf(Number(child))));
  return times.reduce((sum, seconds) => sum + seconds, own);
}
