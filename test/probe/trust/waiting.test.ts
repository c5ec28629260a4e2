import { describe, expect, it } from 'vitest';
import { takeWitness } from '../../../src/probe/trust/epoch.js';
import { createWaiting, type Settlement, settlementOf } from '../../../src/probe/trust/waiting.js';
import { createManualClock } from '../../helpers/manual-clock.js';
import { standingAfter, standingOfGrade, witnessWith } from './standings.js';

/** A finding that has been sent and answered at a place. */
const findingAt = (place: number) => ({ first: place, last: place, received: place });
/** A witness that covers findings before a place. */
const witnessAt = (place: number) => witnessWith({ begun: 1, sent: place, received: place });

describe('a finding', () => {
  it.each<[string, number, Settlement | undefined]>([
    ['is settled by a witness that covers it', 5, witnessAt(10)],
    ['has to wait if the witness does not cover it', 10, undefined],
    ['is outdated if the server has answered in another way since', 3, 'outdated'],
  ])('%s', (_, place, settlement) => {
    const standing = standingAfter([witnessAt(10)]);
    standing.server.changedAt = 4;
    expect(settlementOf(standing, findingAt(place))).toEqual(settlement);
  });
});

describe('findings that wait', () => {
  function start() {
    const clock = createManualClock();
    const waiting = createWaiting(clock);
    const standing = standingOfGrade('unheard');
    const settled: (readonly [number, Settlement])[] = [];
    const add = (place: number, at = standing) =>
      void waiting.add(at, findingAt(place)).then((settlement) => settled.push([place, settlement]));
    return { clock, waiting, standing, settled, add };
  }

  it('are counted, with the time since when the first one has been waiting', () => {
    const { clock, waiting, standing, add } = start();
    clock.pass(100);
    add(1);
    clock.pass(100);
    add(2);
    const other = standingOfGrade('unheard');
    add(3, other);
    expect(waiting.count()).toBe(3);
    expect(waiting.standings()).toEqual([standing, other]);
    expect(standing.schedule).toMatchObject({ waiting: 2, waitingSince: 100 });
    expect(other.schedule).toMatchObject({ waiting: 1, waitingSince: 200 });
  });

  it('go on waiting if a witness does not cover them', async () => {
    const { clock, waiting, standing, settled, add } = start();
    const witness = witnessAt(10);
    add(1);
    clock.pass(100);
    add(20);
    takeWitness(standing.epoch, witness);
    waiting.settle(standing);
    await new Promise(setImmediate);
    expect(settled).toEqual([[1, witness]]);
    expect(waiting.count()).toBe(1);
    expect(waiting.standings()).toEqual([standing]);
    expect(standing.schedule).toMatchObject({ waiting: 1, waitingSince: 100 });
  });

  it('are forgotten when they have been settled', async () => {
    const { waiting, standing, settled, add } = start();
    add(1);
    add(2);
    takeWitness(standing.epoch, witnessAt(10));
    waiting.settle(standing);
    waiting.settle(standing);
    await new Promise(setImmediate);
    expect(settled).toHaveLength(2);
    expect(waiting.count()).toBe(0);
    expect(waiting.standings()).toEqual([]);
    expect(standing.schedule.waiting).toBe(0);
  });

  it('of another server or suffix are not concerned', () => {
    const { waiting, standing, add } = start();
    add(1);
    waiting.settle(standingOfGrade('good'));
    expect(waiting.count()).toBe(1);
    expect(standing.schedule.waiting).toBe(1);
  });
});
