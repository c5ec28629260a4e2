import type { CancelTimer, Clock } from '../../util/clock.js';
import { createEvent } from '../../util/event.js';
import { oncePerTurn } from '../../util/once-per-turn.js';
import type { Canaries } from './canaries.js';
import { beginWitness, endWitness, settlingWitness, takeWitness } from './epoch.js';
import {
  isWitnessDue,
  type Moment,
  recordName,
  recordSettled,
  recordWaiting,
  recordWitness,
} from './schedule.js';
import { gradeOf, isOutdated, type Standing } from './standing.js';
import { isWrong, type Span, type Witness } from './witness.js';

/** Sends witnesses when they are due, and lets findings wait for them. */
export interface Testing {
  /** Is called before a name is sent to a server: its first witness goes before. */
  sending(standing: Standing): void;
  /**
   * Waits for the witness that settles a finding.
   *
   * @returns undefined if the server has answered in another way since: the finding must be asked for again.
   */
  settle(standing: Standing, finding: Span): Promise<Witness | undefined>;
  /** Asks a witness now, and waits for it. */
  test(standing: Standing): Promise<void>;
  /** Records that a name is asked for, and that it has been answered. */
  begin(): void;
  end(): void;
  /** Is called when the last question that waited has been sent. */
  drained(): void;
  /** Resolves when all names that were asked for have been answered; undefined if they have. */
  busy(): Promise<void> | undefined;
  /** Findings that wait. */
  waiting(): number;
  /** Sends no more witnesses. */
  close(): void;
}

export interface TestingOptions {
  readonly clock: Clock;
  readonly canaries: Canaries;
  readonly nextPlace: () => number;
  /** Whether no question waits to be sent. */
  readonly isDrained: () => boolean;
  /** The most names that are asked for at once; unlimited if not set. */
  readonly concurrency?: number | undefined;
  /** Is told that a witness has counted. */
  readonly counted: (standing: Standing) => void;
}

/** A finding that waits for a witness. */
interface Waiting {
  readonly finding: Span;
  /** Milliseconds, on the clock. */
  readonly since: number;
  readonly resolve: (witness: Witness | undefined) => void;
}

/** Milliseconds between two looks at what is due. */
const interval = 50;

/** Creates the testing of a run's servers. */
export function createTesting(options: TestingOptions): Testing {
  const { clock, canaries, nextPlace, isDrained, concurrency = Number.POSITIVE_INFINITY, counted } = options;
  /** The standings with findings that wait, and those with names that no witness has been sent after. */
  const waiting = new Map<Standing, Waiting[]>();
  const uncovered = new Set<Standing>();
  let waitingCount = 0;
  let asking = 0;
  let isClosed = false;
  let cancelTimer: CancelTimer | undefined;
  /** Happens when all names that were asked for have been answered. */
  const answered = createEvent();

  const test = async (standing: Standing, moment: Moment = 'idle'): Promise<void> => {
    const { epoch, schedule } = standing;
    const isFirst = schedule.asked === 0;
    recordWitness(schedule, isFirst || moment !== 'running');
    uncovered.delete(standing);
    const number = beginWitness(epoch);
    const witness = await canaries.askWitness(standing);
    if (standing.hasDenied && standing.hasSuffix) {
      // It was not the habit of a stub resolver, but a lie that is over.
      standing.hasDenied = false;
      changed(standing);
    }
    if (isFirst && isWrong(witness)) await doubt(standing);
    schedule.inFlight--;
    for (const next of endWitness(epoch, number, witness)) {
      if (takeWitness(epoch, next)) changed(standing);
      settleWaiting(standing);
      counted(standing);
    }
    look(standing, present());
  };

  /** A server that is wrong at first has changed its mind if it is no longer right about another suffix, either. */
  const doubt = async (standing: Standing): Promise<void> => {
    const { lastRight } = standing.server;
    if (lastRight === undefined) return;
    await test(lastRight);
    if (gradeOf(lastRight) === 'changed') standing.epoch.wasRight = true;
  };

  /** Nothing that a server has said before is believed any more, whatever the suffix, unless a witness has settled it. */
  const changed = ({ server }: Standing) => {
    server.changedAt = nextPlace();
    for (const each of [...waiting.keys()]) if (each.server === server) settleWaiting(each);
  };

  const settleWaiting = (standing: Standing) => {
    const all = waiting.get(standing) ?? [];
    const { epoch, schedule } = standing;
    const rest: Waiting[] = [];
    for (const each of all) {
      const outdated = isOutdated(standing, each.finding);
      const witness = settlingWitness(epoch, each.finding);
      if (outdated || witness) each.resolve(outdated ? undefined : witness);
      else rest.push(each);
    }
    const settled = all.length - rest.length;
    waitingCount -= settled;
    recordSettled(schedule, settled, rest[0]?.since ?? 0);
    if (rest.length > 0) waiting.set(standing, rest);
    else waiting.delete(standing);
  };

  /** Sends a witness if one is due, or looks again when one is. */
  const look = (standing: Standing, moment: Moment) => {
    const { schedule } = standing;
    const now = clock.now();
    if (isClosed) return;
    if (isWitnessDue(schedule, moment, now)) void test(standing, moment);
    if (schedule.waiting > 0) lookAgain();
  };

  /** Looks now and then, as long as findings wait. */
  const lookAgain = () => {
    cancelTimer ??= clock.setTimer(interval, () => {
      cancelTimer = undefined;
      lookAtWaiting();
    });
  };

  /** Looks after the turn: by then the next names have taken the place of those that have been answered. */
  const answeredInTurn = new Set<Standing>();
  const lookAfterTurn = oncePerTurn(clock, () => {
    const standings = isIdle() ? waiting.keys() : answeredInTurn;
    for (const standing of [...standings]) look(standing, present());
    answeredInTurn.clear();
  });

  const lookAtWaiting = () => {
    for (const standing of [...waiting.keys()]) look(standing, present());
  };

  /** Whether all names that were asked for wait for witnesses. */
  const isIdle = () => asking === 0 && isDrained();
  const present = (): Moment => {
    if (isIdle()) return 'idle';
    // The next name follows as soon as one of these has been answered.
    return isDrained() && asking < concurrency ? 'drained' : 'running';
  };

  return {
    sending(standing) {
      look(standing, 'running');
      recordName(standing.schedule);
      uncovered.add(standing);
    },
    settle(standing, finding) {
      const { epoch, schedule } = standing;
      if (isOutdated(standing, finding)) return Promise.resolve(undefined);
      const witness = settlingWitness(epoch, finding);
      if (witness) return Promise.resolve(witness);
      return new Promise((resolve) => {
        const since = clock.now();
        const all = waiting.get(standing);
        if (all) all.push({ finding, since, resolve });
        else waiting.set(standing, [{ finding, since, resolve }]);
        waitingCount++;
        recordWaiting(schedule, since);
        answeredInTurn.add(standing);
        lookAfterTurn();
      });
    },
    test: (standing) => test(standing),
    begin() {
      asking++;
    },
    end() {
      asking--;
      if (asking === 0) answered.emit();
    },
    drained() {
      const moment = present();
      if (moment !== 'running') for (const standing of [...uncovered]) look(standing, 'drained');
      if (moment === 'idle') lookAtWaiting();
    },
    busy: () => (asking === 0 ? undefined : answered.next()),
    waiting: () => waitingCount,
    close() {
      isClosed = true;
      cancelTimer?.();
    },
  };
}
