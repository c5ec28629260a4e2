import type { LockPlatform } from '../../src/history/held-lock.js';
import type { Holder } from '../../src/history/holder.js';
import { type FileSystem, systemFiles } from '../../src/util/file-system.js';
import { createManualClock, type ManualClock } from '../helpers/manual-clock.js';

/** A process that a test starts and ends by hand. */
export interface PlayedProcess extends LockPlatform {
  readonly clock: ManualClock;
  kill(): void;
}

let last = 0;
const ended = new Set<number>();

/** Starts a process on a machine. Its clock stands still: it shows the time of the files when the process was started. */
export function startProcess(machine = 'here', files: FileSystem = systemFiles): PlayedProcess {
  const process = ++last;
  const start = Date.now();
  const clock = createManualClock();
  const holderAt = (since: Date): Holder => ({
    ...{ host: machine, process, since: since.toISOString(), machine, started: 'then' },
  });
  return {
    files,
    clock: { ...clock, date: () => new Date(start + clock.now()) },
    describeProcess: holderAt,
    isRunning: (holder) => (holder.machine === machine ? !ended.has(holder.process) : undefined),
    kill: () => void ended.add(process),
  };
}

/** Lets the time of processes pass, second by second, with what they do in it, until a promise is settled. */
export async function passUntil<Value>(
  promise: Promise<Value>,
  ...processes: readonly PlayedProcess[]
): Promise<Value> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  while (!isSettled) {
    for (let turn = 0; turn < 5 && !isSettled; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    for (const { clock } of processes) clock.pass(1000);
  }
  return promise;
}
