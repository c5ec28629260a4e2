import { describe, expect, it } from 'vitest';
import { createStanding, gradeOf, type Standing } from '../../../src/probe/trust/standing.js';
import { createTesting } from '../../../src/probe/trust/testing.js';
import type { Span, Witness } from '../../../src/probe/trust/witness.js';
import { createManualClock } from '../../helpers/manual-clock.js';
import { standingOfGrade, witnessWith } from './standings.js';

/** Lets all promises be settled that can be. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A testing whose witnesses come back when the test says so. */
function startTesting(concurrency?: number) {
  const clock = createManualClock();
  const inFlight: { readonly standing: Standing; readonly resolve: (witness: Witness) => void }[] = [];
  const counted: string[] = [];
  const state = { place: 0, isDrained: false, asked: 0 };
  const testing = createTesting({
    clock,
    canaries: {
      askForm: () => undefined,
      askRoot: async () => {},
      askWitness: (standing) => {
        state.asked++;
        return new Promise((resolve) => inFlight.push({ standing, resolve }));
      },
    },
    nextPlace: () => ++state.place,
    isDrained: () => state.isDrained,
    concurrency,
    counted: (standing) => counted.push(gradeOf(standing)),
  });

  /** Lets the oldest witness in flight come back; it covers all findings so far. */
  const comeBack = async (changes: Partial<Witness> = {}, index = 0) => {
    const [witness] = inFlight.splice(index, 1);
    if (witness === undefined) throw new Error('Expected a witness in flight');
    const place = state.place + 1;
    witness.resolve(witnessWith({ sent: place, received: place, begun: place, ...changes }));
    await settled();
  };

  /** Waits for a finding that was sent and received now, and says how that ended. */
  const settle = (standing: Standing, changes: Partial<Span> = {}) => {
    const finding = { first: ++state.place, last: state.place, received: state.place, ...changes };
    const outcome: { ended: 'waits' | 'outdated' | Witness } = { ended: 'waits' };
    void testing.settle(standing, finding).then((settlement) => {
      outcome.ended = settlement;
    });
    return outcome;
  };

  /** Sends the last question that waited. */
  const drain = () => {
    state.isDrained = true;
    testing.drained();
  };

  return { testing, clock, inFlight, counted, state, comeBack, settle, drain };
}

/** A testing of a server whose first witness was right. */
async function startAfterFirst(concurrency?: number) {
  const started = startTesting(concurrency);
  const standing = standingOfGrade('unheard');
  started.testing.sending(standing);
  await started.comeBack();
  return { ...started, standing };
}

/** A testing of a server that has used up its credit for the second witness, which was right as well. */
async function startAfterSecond() {
  const started = await startAfterFirst();
  started.settle(started.standing);
  started.clock.endTurn();
  await started.comeBack();
  return started;
}

const denied = { suffix: 'denied' } as const;

describe('the first name that is sent to a server', () => {
  it('has a witness asked before it, and the next one has none', () => {
    const { testing, state } = startTesting();
    const standing = standingOfGrade('unheard');
    testing.sending(standing);
    testing.sending(standing);
    expect(state.asked).toBe(1);
    expect(standing.schedule).toMatchObject({ uncovered: 2, asked: 1 });
  });

  it('is followed by another witness when no name waits any more', async () => {
    const { state, drain } = await startAfterFirst();
    drain();
    expect(state.asked).toBe(2);
    drain();
    expect(state.asked).toBe(2);
  });

  it('is not followed by another witness as long as names wait', async () => {
    const { testing, state } = await startAfterFirst();
    testing.drained();
    expect(state.asked).toBe(1);
  });

  it('is followed by another witness if no more names may be asked for, but only at the end', async () => {
    const { testing, state, drain } = await startAfterFirst(2);
    testing.begin();
    testing.begin();
    drain();
    expect(state.asked).toBe(1);
    testing.end();
    drain();
    expect(state.asked).toBe(2);
  });

  it('is followed by another witness at the end of the turn in which it has been answered', async () => {
    const { clock, settle, standing, state } = await startAfterFirst();
    settle(standing);
    settle(standing);
    expect(state.asked).toBe(1);
    clock.endTurn();
    expect(state.asked).toBe(2);
  });
});

describe('a finding', () => {
  it('waits for the next witness that was sent after it', async () => {
    const { testing, settle, standing, comeBack, state } = await startAfterFirst();
    const outcome = settle(standing);
    await settled();
    expect(outcome.ended).toBe('waits');
    expect(testing.waiting()).toBe(1);
    state.isDrained = true;
    testing.drained();
    await comeBack();
    expect(outcome.ended).toMatchObject({ suffix: 'exists', random: 'denied' });
    expect(testing.waiting()).toBe(0);
  });

  it('does not wait if a witness covers it already', async () => {
    const { settle, standing, comeBack, drain } = await startAfterFirst();
    drain();
    await comeBack({ sent: 50, received: 60 });
    const outcome = settle(standing, { last: 49, received: 59 });
    await settled();
    expect(outcome.ended).toMatchObject({ sent: 50 });
  });

  it('goes on waiting if a witness comes back that does not cover it', async () => {
    const { settle, standing, comeBack, testing, state } = await startAfterFirst();
    state.isDrained = true;
    testing.drained();
    const early = settle(standing, { last: 10, received: 11 });
    const late = settle(standing, { last: 30, received: 31 });
    await comeBack({ sent: 20, received: 21 });
    expect([early.ended, late.ended]).toEqual([expect.objectContaining({ sent: 20 }), 'waits']);
    expect(standing.schedule.waiting).toBe(1);
    expect(testing.waiting()).toBe(1);
    // Nothing else is to come, so the next witness has been asked at once.
    await comeBack({ sent: 40, received: 41 });
    expect(late.ended).toMatchObject({ sent: 40 });
  });

  it('waits no longer than 250 ms for a witness to be asked, if that is paid for', async () => {
    const { testing, settle, standing, clock, state } = await startAfterSecond();
    // A witness takes 30 names, of which the first two have left one.
    for (let name = 0; name < 29; name++) testing.sending(standing);
    settle(standing);
    clock.endTurn();
    clock.pass(249);
    expect(state.asked).toBe(2);
    clock.pass(1);
    expect(state.asked).toBe(3);
  });

  it('is outdated if the server has answered in another way since', async () => {
    const { settle, standing, comeBack, drain } = await startAfterFirst();
    drain();
    const waiting = settle(standing, { last: 1_000_000 });
    await comeBack(denied);
    expect(waiting.ended).toBe('outdated');
    const old = settle(standing, { first: 1 });
    await settled();
    expect(old.ended).toBe('outdated');
  });

  it('is outdated under another suffix as well, but not at another server', async () => {
    const { settle, standing, comeBack, testing } = await startAfterFirst();
    const sibling = createStanding(standing.server, 'com');
    const other = standingOfGrade('unheard', 'udp://192.0.2.2:53');
    for (const each of [sibling, other]) {
      testing.sending(each);
      await comeBack();
    }
    const [first, second] = [settle(sibling), settle(other)];
    void testing.test(standing);
    await comeBack(denied);
    expect([first.ended, second.ended]).toEqual(['outdated', 'waits']);
  });
});

describe('a witness', () => {
  it('counts when those that were asked before it have come back', async () => {
    const { testing, counted, comeBack, standing } = await startAfterFirst();
    void testing.test(standing);
    void testing.test(standing);
    await comeBack({ random: 'exists' }, 1);
    expect(counted).toEqual(['good']);
    await comeBack(denied);
    expect(counted).toEqual(['good', 'changed', 'changed']);
    expect(standing.epoch.shown).toMatchObject({ suffix: 'exists', random: 'exists' });
  });

  it('is asked at once if all names have been answered and wait', async () => {
    const { testing, settle, standing, state } = await startAfterFirst();
    testing.begin();
    settle(standing);
    state.isDrained = true;
    testing.end();
    testing.drained();
    expect(state.asked).toBe(2);
  });

  it('is not asked at once while a name is being asked for', async () => {
    const { testing, clock, settle, standing, state } = await startAfterSecond();
    testing.begin();
    state.isDrained = true;
    settle(standing);
    clock.endTurn();
    expect(state.asked).toBe(2);
    testing.end();
    settle(standing);
    clock.endTurn();
    expect(state.asked).toBe(3);
  });

  it('is asked for every standing that has findings when nothing else is to come', async () => {
    const { testing, clock, settle, standing, comeBack, state } = await startAfterSecond();
    const other = standingOfGrade('unheard', 'udp://192.0.2.2:53');
    testing.sending(other);
    await comeBack();
    testing.begin();
    settle(standing);
    clock.endTurn();
    expect(state.asked).toBe(3);
    testing.end();
    state.isDrained = true;
    settle(other);
    clock.endTurn();
    expect(state.asked).toBe(5);
  });

  it('is asked when 256 names have been sent', async () => {
    const { testing, standing, state } = await startAfterFirst();
    for (let name = 2; name <= 257; name++) testing.sending(standing);
    expect(state.asked).toBe(2);
  });

  it('takes no credit if it is the first one, or if no name waits to be sent', async () => {
    const { standing, drain } = await startAfterFirst();
    expect(standing.schedule.credit).toBe(31);
    drain();
    expect(standing.schedule).toMatchObject({ credit: 31, inFlight: 1 });
  });

  it('takes credit while names wait to be sent', async () => {
    const { standing, clock, settle } = await startAfterFirst();
    settle(standing);
    clock.endTurn();
    expect(standing.schedule).toMatchObject({ credit: 1, inFlight: 1 });
  });

  it('that shows the suffix which was denied before makes all that was said before outdated', async () => {
    const { settle, standing, comeBack, drain } = await startAfterFirst();
    drain();
    const outcome = settle(standing, { last: 1_000_000 });
    standing.hasDenied = true;
    standing.hasSuffix = true;
    await comeBack();
    expect(outcome.ended).toBe('outdated');
    expect(standing.hasDenied).toBe(false);
  });

  it('that leaves it open whether the suffix is denied makes nothing outdated', async () => {
    const { settle, standing, comeBack, drain } = await startAfterFirst();
    drain();
    const outcome = settle(standing, { last: 1_000_000 });
    standing.hasDenied = true;
    await comeBack();
    expect(outcome.ended).toBe('waits');
    expect(standing.hasDenied).toBe(true);
  });

  it('is not asked after the end', async () => {
    const { testing, settle, standing, clock, state, drain } = await startAfterSecond();
    settle(standing);
    clock.endTurn();
    expect(clock.timers()).toBe(1);
    settle(standing);
    testing.close();
    clock.endTurn();
    drain();
    testing.sending(standingOfGrade('unheard'));
    expect(clock.timers()).toBe(0);
    expect(state.asked).toBe(2);
  });
});

describe('a server that is wrong about a new suffix', () => {
  const startSecond = async () => {
    const started = await startAfterFirst();
    started.standing.server.lastRight = started.standing;
    const second = createStanding(started.standing.server, 'com');
    started.testing.sending(second);
    await started.comeBack(denied);
    return { ...started, second };
  };

  it('is tested by the suffix about which it was right, before its witness counts', async () => {
    const { inFlight, standing, counted } = await startSecond();
    expect(inFlight.map((each) => each.standing)).toEqual([standing]);
    expect(counted).toEqual(['good']);
  });

  it('has changed its mind if it is wrong about that one, too', async () => {
    const { comeBack, second, standing } = await startSecond();
    await comeBack(denied);
    expect([gradeOf(standing), gradeOf(second)]).toEqual(['changed', 'changed']);
  });

  it('denies the new suffix if it is still right about that one', async () => {
    const { comeBack, second, standing } = await startSecond();
    await comeBack();
    expect([gradeOf(standing), gradeOf(second)]).toEqual(['good', 'denying']);
  });

  it('is not tested by another suffix if it was never right, or if this is not its first witness', async () => {
    const { testing, comeBack, state, standing, drain } = await startAfterFirst();
    drain();
    await comeBack(denied);
    expect(state.asked).toBe(2);
    standing.server.lastRight = undefined;
    testing.sending(createStanding(standing.server, 'com'));
    await comeBack(denied);
    expect(state.asked).toBe(3);
  });
});

describe('the names of a run', () => {
  it('are busy until all that were asked for have been answered', async () => {
    const { testing } = startTesting();
    expect(testing.busy()).toBeUndefined();
    testing.begin();
    testing.begin();
    let isOver = false;
    void testing.busy()?.then(() => {
      isOver = true;
    });
    testing.end();
    await settled();
    expect(isOver).toBe(false);
    testing.end();
    await settled();
    expect(isOver).toBe(true);
  });
});
