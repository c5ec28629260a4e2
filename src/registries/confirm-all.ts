import type { ProbeResult } from '../probe/result.js';
import { createOutlet } from '../util/outlet.js';
import { type CompactQueue, createCompactQueue } from './compact-queue.js';
import { type Confirm, isInScope, type Scope } from './confirm.js';

/** How many results there may be in each stage. */
export interface Limits {
  /** Results of one top-level domain that are being confirmed at once. */
  readonly confirming: number;
  /** Results that are done while the consumer is busy. */
  readonly done: number;
}

const defaultLimits: Limits = { confirming: 200, done: 10_000 };

/** What can be chosen. */
export interface ConfirmAllOptions {
  readonly scope?: Scope;
  readonly limits?: Limits;
}

/** The results of one top-level domain, which wait for the same registry. */
interface Line {
  readonly tld: string;
  readonly waiting: CompactQueue;
  /** The number of results that are being confirmed. */
  confirming: number;
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
  { scope = 'unanswered', limits = defaultLimits }: ConfirmAllOptions = {},
): AsyncGenerator<ProbeResult[], void, undefined> {
  const lines = new Map<string, Line>();
  const { add, isStopped, results, size, stop } = createOutlet<ProbeResult>();
  const hasRoom = () => size() < limits.done;

  const lineOf = ({ name }: ProbeResult): Line => {
    const tld = name.slice(name.lastIndexOf('.') + 1);
    const line = lines.get(tld) ?? { tld, waiting: createCompactQueue(), confirming: 0 };
    lines.set(tld, line);
    return line;
  };

  /** Starts as many results of a line as there is room for. */
  const advance = (line: Line) => {
    while (!isStopped() && hasRoom() && line.confirming < limits.confirming) {
      const result = line.waiting.shift();
      if (result === undefined) {
        if (line.confirming === 0) lines.delete(line.tld);
        return;
      }
      line.confirming++;
      confirm(result).then((confirmed) => {
        line.confirming--;
        add(confirmed);
        advance(line);
      }, stop);
    }
  };

  const accept = (result: ProbeResult): undefined => {
    if (isInScope(result, scope)) {
      const line = lineOf(result);
      line.waiting.push(result);
      advance(line);
    } else {
      add(result);
    }
  };

  /** Goes on after the consumer was busy for so long that there was no room. */
  const taken = (batch: readonly ProbeResult[]) => {
    for (const line of batch.length >= limits.done ? lines.values() : []) advance(line);
  };

  yield* results(probed, { accept, hasRoom, isBusy: () => lines.size > 0, taken }, signal);
}
