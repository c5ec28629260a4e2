import type { CancelTimer, Clock } from '../../util/clock.js';
import { createEvent } from '../../util/event.js';
import { oncePerTurn } from '../../util/once-per-turn.js';
import type { Canaries } from './canaries.js';
import { beginWitness, endWitness, takeWitness } from './epoch.js';
import { isWitnessDue, type Moment, recordName, recordWitness } from './schedule.js';
import { gradeOf, type Standing } from './standing.js';
import { createWaiting, type Settlement, settlementOf } from './waiting.js';
import { isWrong, type Span } from './witness.js';

/** Sends witnesses when they are due, and lets findings wait for them. */
export interface Testing {
  /** Is called before a name is sent to a server. Sends the first witness of the server before the name. */
  sending(standing: Standing): void;
  /**
   * Waits for the witness that settles a finding.
   *
   * @returns `outdated` if the server has answered in another way since: the finding must be asked for again.
   */
  settle(standing: Standing, finding: Span): Promise<Settlement>;
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

/** What a testing needs. */
export interface TestingOptions {
  readonly clock: Clock;
  readonly canaries: Canaries;
  readonly nextPlace: () => number;
  /** Whether no question waits to be sent. */
  readonly isDrained: () => boolean;
  /** The most names that are asked for at once; unlimited if not set. */
  readonly concurrency?: number | undefined;
  /** Is called when a witness has counted. */
  readonly counted: (standing: Standing) => void;
}

/** Milliseconds between two checks of whether a witness is due. */
const interval = 50;

/** Creates the testing of a run's servers. */
export function createTesting(options: TestingOptions): Testing {
  const { clock, canaries, nextPlace, isDrained, concurrency = Number.POSITIVE_INFINITY, counted } = options;
  const waiting = createWaiting(clock);
  /** The standings with names that no witness has been sent after. */
  const uncovered = new Set<Standing>();
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
      // The denial of the suffix was not the habit of a stub resolver, but a lie that is over.
      standing.hasDenied = false;
      changed(standing);
    }
    if (isFirst && isWrong(witness)) await testLastRight(standing);
    schedule.inFlight--;
    for (const next of endWitness(epoch, number, witness)) {
      if (takeWitness(epoch, next)) changed(standing);
      waiting.settle(standing);
      counted(standing);
    }
    check(standing, present());
  };

  /**
   * Tests a server that is wrong from the start about the suffix for which it was last right. If it is wrong there, too, it has
   * changed its mind.
   */
  const testLastRight = async (standing: Standing): Promise<void> => {
    const { lastRight } = standing.server;
    if (lastRight === undefined) return;
    await test(lastRight);
    if (gradeOf(lastRight) === 'changed') standing.epoch.wasRight = true;
  };

  /** Makes all findings of a server outdated, whatever their suffixes, that no witness has settled yet. */
  const changed = ({ server }: Standing) => {
    server.changedAt = nextPlace();
    for (const each of waiting.standings()) if (each.server === server) waiting.settle(each);
  };

  /** Sends a witness if one is due, and checks again later as long as findings wait. */
  const check = (standing: Standing, moment: Moment) => {
    const { schedule } = standing;
    const now = clock.now();
    if (isClosed) return;
    if (isWitnessDue(schedule, moment, now)) void test(standing, moment);
    if (schedule.waiting > 0) checkLater();
  };

  const checkLater = () => {
    cancelTimer ??= clock.setTimer(interval, () => {
      cancelTimer = undefined;
      checkWaiting();
    });
  };

  /** The standings with names that have been answered in this turn of the event loop. */
  const answeredInTurn = new Set<Standing>();
  /** Checks after the turn: by then, the next names have taken the place of those that have been answered. */
  const checkAfterTurn = oncePerTurn(clock, () => {
    const standings = isIdle() ? waiting.standings() : [...answeredInTurn];
    for (const standing of standings) check(standing, present());
    answeredInTurn.clear();
  });

  const checkWaiting = () => {
    for (const standing of waiting.standings()) check(standing, present());
  };

  /** Whether all names that were asked for wait for witnesses. */
  const isIdle = () => asking === 0 && isDrained();
  const present = (): Moment => {
    if (isIdle()) return 'idle';
    // With all places taken, the next name follows as soon as one of these has been answered.
    return isDrained() && asking < concurrency ? 'drained' : 'running';
  };

  return {
    sending(standing) {
      check(standing, 'running');
      recordName(standing.schedule);
      uncovered.add(standing);
    },
    settle(standing, finding) {
      const settlement = settlementOf(standing, finding);
      if (settlement) return Promise.resolve(settlement);
      answeredInTurn.add(standing);
      checkAfterTurn();
      return waiting.add(standing, finding);
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
      if (moment !== 'running') for (const standing of [...uncovered]) check(standing, 'drained');
      if (moment === 'idle') checkWaiting();
    },
    busy: () => (asking === 0 ? undefined : answered.next()),
    waiting: waiting.count,
    close() {
      isClosed = true;
      cancelTimer?.();
    },
  };
}
