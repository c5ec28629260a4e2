import type { ProbeResult } from '../probe/result.js';
import type { Clock } from '../util/clock.js';
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
  readonly clock?: Pick<Clock, 'endOfTurn'>;
}

/** The results of one top-level domain, which need the same registry. */
interface Domain {
  readonly tld: string;
  /** The results that wait. */
  readonly queue: CompactQueue;
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
export function confirmAll(
  probed: AsyncIterable<Iterable<ProbeResult>>,
  confirm: Confirm,
  signal?: AbortSignal,
  { scope = 'unanswered', limits = defaultLimits, clock }: ConfirmAllOptions = {},
): AsyncGenerator<ProbeResult[], void, undefined> {
  const domains = new Map<string, Domain>();
  const { add, isStopped, results, size, stop } = createOutlet<ProbeResult>(clock);
  const hasRoom = () => size() < limits.done;

  const domainOf = ({ name }: ProbeResult): Domain => {
    const tld = name.slice(name.lastIndexOf('.') + 1);
    const domain = domains.get(tld) ?? { tld, queue: createCompactQueue(), confirming: 0 };
    domains.set(tld, domain);
    return domain;
  };

  /** Confirms as many results of a domain as there is room for. */
  const advance = (domain: Domain) => {
    while (!isStopped() && hasRoom() && domain.confirming < limits.confirming) {
      const result = domain.queue.shift();
      if (result === undefined) {
        if (domain.confirming === 0) domains.delete(domain.tld);
        return;
      }
      domain.confirming++;
      confirm(result).then((confirmed) => {
        domain.confirming--;
        add(confirmed);
        advance(domain);
      }, stop);
    }
  };

  const accept = (result: ProbeResult): undefined => {
    if (!isInScope(result, scope)) {
      add(result);
      return;
    }
    const domain = domainOf(result);
    domain.queue.push(result);
    advance(domain);
  };

  /** Goes on if there was no room before these results were taken. */
  const taken = ({ length }: readonly ProbeResult[]) => {
    if (length >= limits.done) for (const domain of domains.values()) advance(domain);
  };

  return results(probed, { accept, hasRoom, isBusy: () => domains.size > 0, taken }, signal);
}
