// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';
import type { Finding } from '../verdict.js';
import {
  type Canary,
  type CanaryQuery,
  hasRoom,
  isWrongAtFirst,
  type Patience,
  recordCanary,
} from './canary.js';
import { type AskServer, askExistence, randomNameUnder } from './canary-query.js';
import { createRandomName } from './siblings.js';
import { isHopeless, isOutdated, type Standing, waitingFor } from './standing.js';

/** Sends canaries when they are due. */
export interface Schedule {
  /** Counts the canaries that have been sent. */
  order(): number;
  /** Records that a name is being asked for, and that it no longer is. */
  begin(): void;
  end(): void;
  /** Whether only one name is being asked for. */
  isAlone(): boolean;
  /** Sends the canaries now. */
  send(standing: Standing): void;
  /** Sends the canaries at the end of this turn of the event loop, after all that has been asked for until then. */
  sendSoon(standing: Standing): void;
  /** Sends the canaries when they are due again, or if they are due now, even if nothing waits for them. */
  sendWhenDue(standing: Standing): void;
  sendIfDue(standing: Standing): void;
  /** Resolves at the next outcome of a canary, and makes sure that there is one. */
  wait(standing: Standing, canary: Canary, finding: Finding): Promise<void>;
  /** Resolves when both canaries have been sent after this call and have an outcome. */
  askAfresh(standing: Standing): Promise<void>;
  /** Findings that wait. */
  waiting(): number;
  /** Sends no more canaries. */
  close(): void;
}

export interface ScheduleOptions {
  readonly ask: AskServer;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Attempts for one question. */
  readonly tries: number;
  readonly serverCount: number;
  /** Runs before a first outcome that is not as expected is recorded. */
  readonly doubt: (standing: Standing) => Promise<void>;
  /** Is told each outcome. */
  readonly settled: (standing: Standing) => void;
}

/**
 * Milliseconds between two canaries while findings wait, unless more findings wait than names are asked for. With very
 * many servers, it is longer.
 */
const interval = 250;
const intervalPerServer = 2.5;
const longestInterval = 1000;
/** Milliseconds by which a canary may be late. */
const tolerance = 100;
/** The growth of the pauses while a server is in trouble. */
const backOff = 1.5;
/** As many canaries are sent to a server in trouble, even if one question may have fewer tries. */
const fewCanaries = 3;
/** With more servers than this, none is waited for longer than so many milliseconds. */
const manyServers = 16;
const longestAnswer = 400;
/** Milliseconds between two looks at what is due. */
const tick = 25;

/** Creates a schedule without canaries. */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { ask, timeout, tries, serverCount, doubt, settled } = options;
  const ordinaryInterval = Math.min(Math.max(interval, serverCount * intervalPerServer), longestInterval);
  const patience: Patience = {
    canaries: Math.max(tries, fewCanaries),
    // A canary fails after all its tries, which take a while.
    failing: timeout / 2,
    changed: 2 * timeout,
    gap: ordinaryInterval + tolerance,
  };
  const due = new Set<Standing>();
  let order = 0;
  let asking = 0;
  let waiting = 0;
  let isChecking = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const askCanary = async (standing: Standing, canary: Canary, name: string, type: 'NS' | 'A') => {
    const query: CanaryQuery = { name, askedAt: performance.now(), order: ++order, outcome: undefined };
    canary.askedAt = query.askedAt;
    canary.order = order;
    canary.inFlight.push(query);
    query.outcome = await askExistence({ name, type }, standing.server.url, ask);
    if (!canary.isBeingRecorded) await record(standing, canary);
  };

  /** Records the outcomes of a canary as far as there are no gaps. */
  const record = async (standing: Standing, canary: Canary) => {
    canary.isBeingRecorded = true;
    for (;;) {
      const [query] = canary.inFlight;
      if (query?.outcome === undefined) break;
      const { name, outcome } = query;
      if (isWrongAtFirst(canary, outcome)) await doubt(standing);
      if (canary === standing.random && 'exists' in outcome) recordRandomName(standing, name, outcome.exists);
      recordCanary(canary, query, outcome, patience, performance.now());
      canary.inFlight.shift();
      standing.evidence = [standing.suffix.evidence, standing.random.evidence].filter(
        (each) => each !== undefined,
      );
      settled(standing);
      waiting -= canary.waiting;
      canary.waiting = 0;
      canary.news.emit();
    }
    canary.isBeingRecorded = false;
    checkSoon();
  };

  /** Keeps a random name as long as random names are answered for. */
  const recordRandomName = (standing: Standing, name: string, exists: boolean) => {
    if (!exists) standing.madeUp = undefined;
    else standing.madeUp ??= createRandomName(name, standing.server.url, ask);
  };

  /** Sends the canaries of a standing, except one that has too many queries in flight. */
  const send = (standing: Standing) => {
    const { suffix, random, suffixName } = standing;
    standing.isUrgent = false;
    standing.isWanted = false;
    // NS for the suffix: a server that makes up addresses leaves other types alone.
    if (hasRoom(suffix)) void askCanary(standing, suffix, suffixName, 'NS');
    if (hasRoom(random)) void askCanary(standing, random, randomNameUnder(suffixName), 'A');
  };

  const isDue = (standing: Standing, now: number): boolean => {
    const { suffix, random } = standing;
    if (!hasRoom(suffix) && !hasRoom(random)) return false;
    const elapsed = now - Math.max(suffix.askedAt, random.askedAt);
    const troubles = Math.max(suffix.troubles, random.troubles);
    if (troubles > 0) {
      const pause = Math.min(interval * backOff ** (troubles - 1), timeout);
      return elapsed >= (isHopeless(standing) ? ordinaryInterval : pause);
    }
    if (standing.isUrgent) return true;
    const isNeeded = isOutdated(standing, suffix) || isOutdated(standing, random);
    return standing.isWanted || isNeeded
      ? elapsed >= ordinaryInterval || (isNeeded && waiting >= asking)
      : false;
  };

  /** Lets the findings of a server that takes long to answer a canary be asked for elsewhere, if there are many servers. */
  const giveUpIfSlow = (standing: Standing, now: number) => {
    for (const canary of [standing.suffix, standing.random]) {
      const sentAt = canary.inFlight[0]?.askedAt ?? now;
      if (canary.waiting === 0 || canary.isHopeless || now - sentAt < longestAnswer) continue;
      canary.failure ??= `no answer within ${longestAnswer} ms`;
      canary.isHopeless = true;
      canary.isGivenUp = true;
      settled(standing);
      waiting -= canary.waiting;
      canary.waiting = 0;
      canary.news.emit();
    }
  };

  const check = () => {
    isChecking = false;
    if (isClosed) return;
    const now = performance.now();
    for (const standing of due) {
      if (serverCount > manyServers) giveUpIfSlow(standing, now);
      if (isDue(standing, now)) send(standing);
      else if (waitingFor(standing) === 0 && !standing.isUrgent && !standing.isWanted) due.delete(standing);
    }
    if (due.size > 0) timer ??= setTimeout(onTick, tick);
  };

  const onTick = () => {
    timer = undefined;
    check();
  };

  const checkSoon = () => {
    if (!isChecking) setImmediate(check);
    isChecking = true;
  };

  const add = (standing: Standing) => {
    due.add(standing);
    timer ??= setTimeout(onTick, tick);
  };

  return {
    order: () => order,
    begin() {
      asking++;
    },
    end() {
      asking--;
    },
    isAlone: () => asking === 1,
    send,
    sendSoon(standing) {
      standing.isUrgent = true;
      due.add(standing);
      checkSoon();
    },
    sendWhenDue(standing) {
      standing.isWanted = true;
      add(standing);
    },
    sendIfDue(standing) {
      if (isDue(standing, performance.now())) send(standing);
    },
    wait(standing, canary, { order }) {
      waiting++;
      canary.waiting++;
      if (order > standing.neededOrder) standing.neededOrder = order;
      if (canary.waiting === 1) add(standing);
      if (waiting >= asking || canary.order === 0) checkSoon();
      return canary.news.next();
    },
    async askAfresh(standing) {
      const before = order;
      for (const canary of [standing.suffix, standing.random]) {
        while (canary.settledOrder <= before) {
          if (canary.order <= before) send(standing);
          await canary.news.next();
        }
      }
    },
    waiting: () => waiting,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
