import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces, platform } from 'node:os';
import { kill, pid } from 'node:process';
import { isObject, parseJson } from '../util/json.js';

/** A process that has a lock. */
export interface Holder {
  readonly host: string;
  readonly process: number;
  /** The time at which it took the lock, in the form of ISO 8601. */
  readonly since: string;
  /** Differs between machines, between two starts of one machine, and between containers that number processes on their own. */
  readonly machine: string;
  /** Differs between two processes of one machine that have the same number; empty if it is not known. */
  readonly started: string;
}

/** Describes this process. */
export const describeProcess = (since: Date): Holder => ({
  host: hostname(),
  process: pid,
  since: since.toISOString(),
  machine: machineOf(),
  started: startOf(pid) ?? '',
});

/** Reads what a lock says of its holder; returns undefined if it does not say it. */
export function parseHolder(text: string): Holder | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const { host, process, since, machine, started } = value;
  if (typeof host !== 'string' || typeof process !== 'number' || typeof since !== 'string') return undefined;
  if (typeof machine !== 'string' || typeof started !== 'string') return undefined;
  return { host, process, since, machine, started };
}

/** Returns whether a process is running, or undefined if this one cannot tell: it may be on another machine. */
export function isRunning({ machine, process: id, started }: Holder): boolean | undefined {
  if (machine !== machineOf()) return undefined;
  try {
    kill(id, 0);
  } catch (error) {
    // Otherwise, it is running, and another user's.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  const start = startOf(id);
  return start === undefined || started === '' ? undefined : start === started;
}

/** Linux numbers its starts (random(4)), and its ranges of process numbers (pid_namespaces(7)). */
function machineOf(): string {
  try {
    const start = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${start} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ mac }) => mac));
    return [platform(), hostname(), ...new Set(addresses)].join(' ');
  }
}

/** Returns when a process of Linux was started (proc_pid_stat(5)); undefined if that is not known. A zombie has ended. */
function startOf(id: number): string | undefined {
  try {
    // Otherwise, /proc numbers processes as another container does.
    if (readlinkSync('/proc/self') !== String(pid)) return undefined;
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return ['Z', 'X'].includes(fields[0] ?? '') ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
}
