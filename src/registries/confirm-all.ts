import type { ProbeResult } from '../probe/result.js';
import { createOutlet } from '../util/outlet.js';
import { createSpillFile, type SpillFile } from '../util/spill-file.js';
import { type Confirm, isInScope, type Scope } from './confirm.js';
import { createWaitingList } from './waiting-list.js';

/** Limits of memory. */
export interface Limits {
  /** Results of one top-level domain that are being confirmed at once. */
  readonly confirming: number;
  /** Results in memory that wait for the others of their top-level domain; more wait in a temporary file. */
  readonly waiting: number;
  /** Results that are done while the consumer is busy. */
  readonly done: number;
}

const defaultLimits: Limits = { confirming: 200, waiting: 10_000, done: 10_000 };

/** What can be chosen. */
export interface ConfirmAllOptions {
  readonly scope?: Scope;
  readonly limits?: Limits;
  /** Holds the results for which there is no room in memory; it is closed in the end. */
  readonly file?: SpillFile;
}

/** The results of one top-level domain, which wait for the same registry. */
interface Queue {
  /** Results that are being confirmed. */
  confirming: number;
  /** Results that have been taken from the waiting list, the last one first. */
  readonly next: ProbeResult[];
  isAdvancing: boolean;
  /** Whether something has changed since `advance` last looked. */
  hasChanged: boolean;
}

/**
 * Confirms results in the order in which their registries answer. Results out of the scope are yielded at once,
 * however many others are waiting, and those of one top-level domain do not wait for those of another.
 *
 * @param signal ends the iteration.
 * @throws any error of `probed`, or the signal's reason.
 */
export async function* confirmAll(
  probed: AsyncIterable<Iterable<ProbeResult>>,
  confirm: Confirm,
  signal?: AbortSignal,
  { scope = 'unanswered', limits = defaultLimits, file = createSpillFile() }: ConfirmAllOptions = {},
): AsyncGenerator<ProbeResult[], void, undefined> {
  const list = createWaitingList(file, limits.waiting);
  const queues = new Map<string, Queue>();
  const outlet = createOutlet<ProbeResult>();
  const { add, isStopped, size, stop } = outlet;
  let unconfirmed = 0;

  const start = (tld: string, queue: Queue, result: ProbeResult) => {
    queue.confirming++;
    confirm(result).then((confirmed) => {
      queue.confirming--;
      unconfirmed--;
      add(confirmed);
      advance(tld, queue).catch(stop);
    }, stop);
  };

  /** Starts as many results of a queue as there is room for. */
  const advance = async (tld: string, queue: Queue): Promise<void> => {
    queue.hasChanged = true;
    if (queue.isAdvancing) return;
    queue.isAdvancing = true;
    let isEmpty = false;
    while (queue.hasChanged) {
      queue.hasChanged = false;
      isEmpty = false;
      while (!isStopped() && !isEmpty && queue.confirming < limits.confirming && size() < limits.done) {
        if (queue.next.length === 0) queue.next.push(...(await list.take(tld)).toReversed());
        const result = queue.next.pop();
        if (result) start(tld, queue, result);
        else isEmpty = true;
      }
    }
    queue.isAdvancing = false;
    if (isEmpty && queue.confirming === 0) queues.delete(tld);
  };

  const wait = async (result: ProbeResult) => {
    unconfirmed++;
    const tld = result.name.slice(result.name.lastIndexOf('.') + 1);
    await list.add(tld, result);
    const queue = queues.get(tld) ?? { confirming: 0, next: [], isAdvancing: false, hasChanged: false };
    queues.set(tld, queue);
    advance(tld, queue).catch(stop);
  };

  const accept = (result: ProbeResult): Promise<void> | undefined => {
    if (isInScope(result, scope)) return wait(result);
    add(result);
    return undefined;
  };

  /** Goes on after the consumer was busy for so long that there was no room. */
  const taken = (results: readonly ProbeResult[]) => {
    for (const [tld, queue] of results.length >= limits.done ? queues : []) advance(tld, queue).catch(stop);
  };

  const hasRoom = () => size() < limits.done;
  const producer = { accept, hasRoom, isBusy: () => unconfirmed > 0, taken };
  try {
    yield* outlet.results(probed, producer, signal);
  } finally {
    await file.close();
  }
}
