import type { Random } from '../../util/random.js';
import type { PendingQuestion } from './question.js';

/** Questions that wait to be sent: controls first, then new questions and those that are asked again, in turn. */
export interface Queue {
  add(pending: PendingQuestion): void;
  /** Offers the controls that have been added since controls were offered last, and removes those that are accepted. */
  offerNewControls(accept: Accept): void;
  /**
   * Offers the controls, and then the other questions in random turn, and removes those that are accepted. A new question that is refused ends
   * the offers of new questions, and one that is asked again those of its kind.
   */
  offer(accept: Accept): void;
  hasControl(): boolean;
  isEmpty(): boolean;
  clear(): void;
}

/** Decides whether a question leaves the queue. It may add controls, but no other questions. */
type Accept = (pending: PendingQuestion) => boolean;

/** Questions of one kind, in order of arrival. */
interface Lane {
  readonly waiting: PendingQuestion[];
  /** How many have been accepted, and whether one has been refused, since the offers began. */
  accepted: number;
  isBlocked: boolean;
}

const createLane = (): Lane => ({ waiting: [], accepted: 0, isBlocked: false });

const nextOf = ({ waiting, accepted, isBlocked }: Lane): PendingQuestion | undefined =>
  isBlocked ? undefined : waiting[accepted];

/**
 * Creates an empty queue.
 *
 * @param random decides whose turn it is, a new question's or one's that is asked again, so that neither kind starves. If they took
 * turns, a server that answers every other query would answer only one kind.
 */
export function createQueue(random: Pick<Random, 'fraction'>): Queue {
  let controls: PendingQuestion[] = [];
  let newControls: PendingQuestion[] = [];
  const fresh = createLane();
  const again = createLane();

  const nextLane = (): Lane => {
    if (nextOf(fresh) === undefined) return again;
    if (nextOf(again) === undefined) return fresh;
    return random.fraction() < 0.5 ? fresh : again;
  };

  const offerNewControls = (accept: Accept) => {
    if (newControls.length === 0) return;
    const offered = newControls;
    newControls = [];
    controls.push(...offered.filter((pending) => !accept(pending)));
  };

  const offerControls = (accept: Accept) => {
    const offered = controls;
    controls = [];
    if (offered.length > 0) controls = offered.filter((pending) => !accept(pending)).concat(controls);
    offerNewControls(accept);
  };

  const endOffers = (lane: Lane) => {
    lane.waiting.splice(0, lane.accepted);
    lane.accepted = 0;
    lane.isBlocked = false;
  };

  return {
    add(pending) {
      if (pending.policy?.only !== undefined) newControls.push(pending);
      else (pending.attempts.length === 0 ? fresh : again).waiting.push(pending);
    },
    offerNewControls,
    offer(accept) {
      offerControls(accept);
      for (;;) {
        const lane = nextLane();
        const pending = nextOf(lane);
        if (pending === undefined) break;
        if (accept(pending)) lane.accepted++;
        else lane.isBlocked = true;
      }
      endOffers(fresh);
      endOffers(again);
    },
    hasControl: () => controls.length + newControls.length > 0,
    isEmpty: () => controls.length + newControls.length + fresh.waiting.length + again.waiting.length === 0,
    clear() {
      controls = [];
      newControls = [];
      fresh.waiting.length = 0;
      again.waiting.length = 0;
    },
  };
}
