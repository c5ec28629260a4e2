import type { Random } from '../../util/random.js';
import type { PendingQuestion } from './question.js';

/**
 * Questions that wait to be sent: priority questions first, then new questions and those that are asked again, in turn.
 */
export interface Queue {
  add(pending: PendingQuestion): void;
  /**
   * Offers the priority questions added since the last offer of priority questions, and removes those that are
   * accepted.
   */
  offerNewPriority(accept: Accept): void;
  /**
   * Offers the priority questions, then the others in random turn, and removes those that are accepted. Once a new
   * question is refused, no other new one is offered; the same holds for questions that are asked again.
   */
  offer(accept: Accept): void;
  /** Whether a priority question waits. */
  hasPriority(): boolean;
  isEmpty(): boolean;
  clear(): void;
}

/** Decides whether a question leaves the queue. It may add priority questions, but no others. */
type Accept = (pending: PendingQuestion) => boolean;

/** Questions of one kind, in order of arrival. */
interface SubQueue {
  readonly waiting: PendingQuestion[];
  /** How many have been accepted, and whether one has been refused, since the offers began. */
  accepted: number;
  isBlocked: boolean;
}

const createSubQueue = (): SubQueue => ({ waiting: [], accepted: 0, isBlocked: false });

const nextOf = ({ waiting, accepted, isBlocked }: SubQueue): PendingQuestion | undefined =>
  isBlocked ? undefined : waiting[accepted];

/**
 * Creates an empty queue.
 *
 * @param random decides whether a new question is next, or one that is asked again, so that neither kind starves. If
 *   they alternated, a server that answers every other query would answer only one kind.
 */
export function createQueue(random: Pick<Random, 'fraction'>): Queue {
  let priority: PendingQuestion[] = [];
  let newPriority: PendingQuestion[] = [];
  const fresh = createSubQueue();
  const again = createSubQueue();

  const nextSubQueue = (): SubQueue => {
    if (nextOf(fresh) === undefined) return again;
    if (nextOf(again) === undefined) return fresh;
    return random.fraction() < 0.5 ? fresh : again;
  };

  const offerNewPriority = (accept: Accept) => {
    if (newPriority.length === 0) return;
    const offered = newPriority;
    newPriority = [];
    priority.push(...offered.filter((pending) => !accept(pending)));
  };

  const offerPriority = (accept: Accept) => {
    const offered = priority;
    priority = [];
    priority = offered.filter((pending) => !accept(pending)).concat(priority);
    offerNewPriority(accept);
  };

  const endOffers = (subQueue: SubQueue) => {
    subQueue.waiting.splice(0, subQueue.accepted);
    subQueue.accepted = 0;
    subQueue.isBlocked = false;
  };

  return {
    add(pending) {
      if (pending.policy?.only !== undefined) newPriority.push(pending);
      else (pending.attempts.length === 0 ? fresh : again).waiting.push(pending);
    },
    offerNewPriority,
    offer(accept) {
      offerPriority(accept);
      for (;;) {
        const subQueue = nextSubQueue();
        const pending = nextOf(subQueue);
        if (pending === undefined) break;
        if (accept(pending)) subQueue.accepted++;
        else subQueue.isBlocked = true;
      }
      endOffers(fresh);
      endOffers(again);
    },
    hasPriority: () => priority.length + newPriority.length > 0,
    isEmpty: () => priority.length + newPriority.length + fresh.waiting.length + again.waiting.length === 0,
    clear() {
      priority = [];
      newPriority = [];
      fresh.waiting.length = 0;
      again.waiting.length = 0;
    },
  };
}
