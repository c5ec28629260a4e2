import type { Clock } from '../../util/clock.js';
import { settlingWitness } from './epoch.js';
import { recordSettled, recordWaiting } from './schedule.js';
import { isOutdated, type Standing } from './standing.js';
import type { Span, Witness } from './witness.js';

/** How a wait for a witness ends: with the witness, or the server has answered in another way since. */
export type Settlement = Witness | 'outdated';

/** The findings that wait for witnesses. */
export interface Waiting {
  /** Adds a finding that cannot be settled now. Resolves when it has been. */
  add(standing: Standing, finding: Span): Promise<Settlement>;
  /** Settles the findings of a server and suffix that can be settled now. */
  settle(standing: Standing): void;
  /** The standings with findings that wait. */
  standings(): Standing[];
  /** Findings that wait. */
  count(): number;
}

interface WaitingFinding {
  readonly finding: Span;
  /** Milliseconds, on the clock. */
  readonly since: number;
  readonly resolve: (settlement: Settlement) => void;
}

/** Creates a list in which no finding waits. */
export function createWaiting(clock: Pick<Clock, 'now'>): Waiting {
  const findings = new Map<Standing, WaitingFinding[]>();
  let count = 0;

  return {
    add: (standing, finding) =>
      new Promise((resolve) => {
        const since = clock.now();
        const all = findings.get(standing);
        if (all) all.push({ finding, since, resolve });
        else findings.set(standing, [{ finding, since, resolve }]);
        count++;
        recordWaiting(standing.schedule, since);
      }),
    settle(standing) {
      const all = findings.get(standing) ?? [];
      const rest: WaitingFinding[] = [];
      for (const each of all) {
        const settlement = settlementOf(standing, each.finding);
        if (settlement) each.resolve(settlement);
        else rest.push(each);
      }
      const settled = all.length - rest.length;
      count -= settled;
      recordSettled(standing.schedule, settled, rest[0]?.since ?? 0);
      if (rest.length > 0) findings.set(standing, rest);
      else findings.delete(standing);
    },
    standings: () => [...findings.keys()],
    count: () => count,
  };
}

/** How the wait of a finding ends, as far as is known now; undefined as long as it has to wait. */
export const settlementOf = (standing: Standing, finding: Span): Settlement | undefined =>
  isOutdated(standing, finding) ? 'outdated' : settlingWitness(standing.epoch, finding);
