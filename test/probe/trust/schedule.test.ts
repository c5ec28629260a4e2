import { describe, expect, it } from 'vitest';
import {
  createSchedule,
  isWitnessDue,
  type Moment,
  recordName,
  recordSettled,
  recordWaiting,
  recordWitness,
  type Schedule,
} from '../../../src/probe/trust/schedule.js';

/** A schedule after its first witness, with credit for another one. */
const scheduleWith = (changes: Partial<Schedule>): Schedule => ({
  ...createSchedule(),
  asked: 2,
  ...changes,
});

/** Whether a witness is due at 1000 ms. */
const isDue = (changes: Partial<Schedule>, moment: Moment = 'running') =>
  isWitnessDue(scheduleWith(changes), moment, 1000);

describe('a witness is due', () => {
  it('before the first name', () => {
    expect(isWitnessDue(createSchedule(), 'running', 0)).toBe(true);
    expect(isDue({ asked: 1 })).toBe(false);
  });

  it.each<[string, Moment, Partial<Schedule>, boolean]>([
    ['after the last name for now', 'drained', { uncovered: 1 }, true],
    ['not if more names wait to be sent', 'running', { uncovered: 1 }, false],
    ['not if no name has been sent since the last one', 'drained', { uncovered: 0 }, false],
    [
      'not after the last name if a finding waits already',
      'drained',
      { uncovered: 1, waiting: 1, waitingSince: 999 },
      false,
    ],
    ['not after the last name if another one is in flight', 'drained', { uncovered: 1, inFlight: 1 }, false],
    [
      'after the last name if only the first one is in flight',
      'drained',
      { uncovered: 1, inFlight: 1, asked: 1 },
      true,
    ],
    ['when 256 names have been sent', 'running', { uncovered: 256 }, true],
    [
      'when 256 names have been sent, even if another one is in flight',
      'running',
      { uncovered: 256, inFlight: 1 },
      true,
    ],
    ['not when 255 names have been sent', 'running', { uncovered: 255 }, false],
    ['not without credit when 256 names have been sent', 'running', { uncovered: 256, credit: 29 }, false],
    ['when the first finding waits, at once', 'running', { asked: 1, waiting: 1, waitingSince: 1000 }, true],
    ['when a finding has waited for 250 ms', 'running', { waiting: 1, waitingSince: 750 }, true],
    ['not when a finding has waited for less', 'running', { waiting: 1, waitingSince: 751 }, false],
    ['not if no finding waits', 'running', { waiting: 0, waitingSince: 0 }, false],
    ['not for a finding that waits if one is in flight', 'running', { waiting: 1, inFlight: 1 }, false],
    ['not without credit for a finding that waits', 'running', { waiting: 1, credit: 29 }, false],
    [
      'without credit when a finding has waited for 500 ms for slow names',
      'drained',
      { waiting: 1, waitingSince: 500, credit: 0 },
      true,
    ],
    [
      'not without credit when a finding has waited for less',
      'drained',
      { waiting: 1, waitingSince: 501, credit: 0 },
      false,
    ],
    [
      'at once for a finding that waits if nothing else is to come',
      'idle',
      { waiting: 1, waitingSince: 1000, credit: 0 },
      true,
    ],
    ['not if nothing else is to come and one is in flight', 'idle', { waiting: 1, inFlight: 1 }, false],
    ['not if nothing else is to come and nothing waits', 'idle', { uncovered: 1 }, false],
  ])('%s', (_, moment, changes, due) => expect(isDue(changes, moment)).toBe(due));
});

describe('the credit for witnesses', () => {
  it('grows by each name that is sent', () => {
    const schedule = createSchedule();
    recordName(schedule);
    recordName(schedule);
    expect(schedule).toMatchObject({ uncovered: 2, credit: 32 });
  });

  it('is used up by a witness, so that one query in ten is a canary', () => {
    const schedule = createSchedule();
    for (let name = 0; name < 5; name++) recordName(schedule);
    recordWitness(schedule, false);
    expect(schedule).toMatchObject({ asked: 1, inFlight: 1, uncovered: 0, credit: 5 });
  });

  it('is not used up by a witness that is free', () => {
    const schedule = createSchedule();
    recordName(schedule);
    recordWitness(schedule, true);
    expect(schedule).toMatchObject({ asked: 1, inFlight: 1, uncovered: 0, credit: 31 });
  });
});

describe('the findings that wait', () => {
  it('are counted, and have waited since the first one came', () => {
    const schedule = createSchedule();
    recordWaiting(schedule, 100);
    recordWaiting(schedule, 200);
    expect(schedule).toMatchObject({ waiting: 2, waitingSince: 100 });
  });

  it('have waited since the first of those that are not settled came', () => {
    const schedule = createSchedule();
    for (const now of [100, 200, 300]) recordWaiting(schedule, now);
    recordSettled(schedule, 2, 300);
    expect(schedule).toMatchObject({ waiting: 1, waitingSince: 300 });
  });
});
