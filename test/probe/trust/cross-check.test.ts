import { describe, expect, it } from 'vitest';
import { createCrossCheck } from '../../../src/probe/trust/cross-check.js';
import { takeWitness } from '../../../src/probe/trust/epoch.js';
import { createKnownServer, type Standing } from '../../../src/probe/trust/standing.js';
import { createSuffix, type Suffix, standingOf } from '../../../src/probe/trust/suffix.js';
import type { Finding } from '../../../src/probe/verdict.js';
import { findingWith } from '../making.js';
import { witnessWith } from './standings.js';

const urlOf = (index: number) => `udp://192.0.2.${index + 1}:53`;

interface Played {
  /** The number of servers. */
  readonly count?: number;
  /** The servers whose witnesses are right, by their index; the first server is always among them. */
  readonly good?: readonly number[];
  /** The servers whose first witness is in flight, and those that are not asked. */
  readonly asked?: readonly number[];
  readonly avoided?: readonly number[];
  /** Is called when other servers are consulted. */
  readonly consult?: (suffix: Suffix) => void;
}

const beGood = (standing: Standing) => takeWitness(standing.epoch, witnessWith());

/** The cross-check of denials by the first of some servers. */
function crossCheckWith({ count = 2, good = [], asked = [], avoided = [], consult }: Played = {}) {
  const servers = Array.from({ length: count }, (_, index) => createKnownServer(urlOf(index)));
  const suffix = createSuffix('dev', servers, () => {});
  const standings = servers.map((server) => standingOf(suffix, server));
  const standingAt = (index: number): Standing => {
    const standing = standings[index];
    if (standing === undefined) throw new Error(`Expected a server ${index}`);
    return standing;
  };
  for (const index of [0, ...good]) beGood(standingAt(index));
  for (const index of asked) standingAt(index).schedule.inFlight = 1;
  for (const index of avoided) suffix.avoid.add(urlOf(index));
  const calls: string[] = [];
  let endWait = () => {};
  const crossCheck = createCrossCheck({
    sleeper: {
      sleep(milliseconds) {
        calls.push(`wait ${milliseconds}`);
        return new Promise((resolve) => {
          endWait = resolve;
        });
      },
    },
    consultation: {
      async consult(consulted) {
        calls.push('consult');
        consult?.(consulted);
      },
    },
  });
  const own = standingAt(0);
  return {
    suffix,
    own,
    standingAt,
    calls,
    isWanted: (denial = findingWith()) => crossCheck.isWanted(suffix, own, denial),
    end: (denial: Finding) => crossCheck.end(suffix, denial),
    isNeedless: () => crossCheck.isNeedless(suffix, own),
    needsAnother: (claim: Finding) => crossCheck.needsAnother(suffix, own, claim),
    endWait: () => endWait(),
  };
}

/** Whether a promise is still pending when everything that can happen has happened. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  void promise.then(() => {
    isSettled = true;
  });
  await new Promise(setImmediate);
  return !isSettled;
}

describe('the confirmation of a denial is needless', () => {
  it.each<[string, Played, boolean]>([
    ['if there is one server', { count: 1 }, true],
    ['not if there are two', { count: 2 }, false],
    ['if all others are not asked', { count: 3, avoided: [1, 2] }, true],
    ['not if one of them is', { count: 3, avoided: [1] }, false],
    ['not if the server itself is not asked any more, and another one is', { count: 2, avoided: [0] }, false],
    ['if no server is asked any more', { count: 2, avoided: [0, 1] }, true],
  ])('%s', (_, played, is) => expect(crossCheckWith(played).isNeedless()).toBe(is));

  it.each<[string, number, 'none' | 'answered' | 'known', number]>([
    ['of a few servers when no name is known to exist', 2, 'none', 64],
    ['of a few servers when this one has answered for a name', 2, 'answered', 8],
    ['of a few servers when a name is known to exist', 2, 'known', 8],
    ['of many servers when no name is known to exist', 64, 'none', 4],
    ['of many servers when this one has answered for a name', 64, 'answered', 3],
  ])('after so many confirmations %s', (_, count, state, limit) => {
    const { own, suffix, isNeedless } = crossCheckWith({ count });
    if (state === 'answered') own.answered = 'live.dev';
    if (state === 'known') {
      suffix.names.existing.push('live.dev');
      takeWitness(own.epoch, witnessWith({ below: 'exists' }));
    }
    own.denials = limit + 1;
    own.checks = limit - 1;
    expect(isNeedless()).toBe(false);
    own.checks = limit;
    expect(isNeedless()).toBe(true);
  });

  it('but not if names are known to exist, and it has answered for none of them', () => {
    const { own, suffix, isNeedless } = crossCheckWith();
    own.checks = 1000;
    own.denials = 1001;
    expect(isNeedless()).toBe(true);
    suffix.names.existing.push('live.dev');
    expect(isNeedless()).toBe(false);
  });

  it('but for every 16th denial', () => {
    const { own, isNeedless } = crossCheckWith();
    own.checks = 64;
    const wanted = Array.from({ length: 50 }, (_, index) => index + 1).filter((denials) => {
      own.denials = denials;
      return !isNeedless();
    });
    expect(wanted).toEqual([16, 32, 48]);
  });

  it('never at a server that has denied a name that exists', async () => {
    const { own, isNeedless, isWanted } = crossCheckWith({ good: [1] });
    Object.assign(own, { checks: 64, denials: 65, isContradicted: true });
    expect(isNeedless()).toBe(false);
    expect(await isWanted()).toBe(true);
  });
});

describe('a denial after enough others', () => {
  /** Two denials are being confirmed, and no more are needed. */
  async function playBurst() {
    const played = crossCheckWith({ good: [1] });
    const denials = [findingWith(), findingWith()] as const;
    Object.assign(played.own, { checks: 62, denials: 65 });
    for (const denial of denials) await played.isWanted(denial);
    expect(played.isNeedless()).toBe(false);
    return { ...played, denials, wanted: played.isWanted() };
  }

  it('waits until these have been confirmed', async () => {
    const { denials, wanted, end, isNeedless } = await playBurst();
    end(denials[0]);
    expect(await isPending(wanted)).toBe(true);
    end(denials[1]);
    expect(await wanted).toBe(false);
    expect(isNeedless()).toBe(true);
  });

  it('is confirmed, too, if one of these turns out to be wrong', async () => {
    const { denials, wanted, end, own } = await playBurst();
    own.isContradicted = true;
    end(denials[0]);
    expect(await wanted).toBe(true);
  });

  it('waits for three seconds at most, and is confirmed itself then, as nothing has been proved', async () => {
    const { calls, wanted, endWait, isNeedless } = await playBurst();
    expect(await isPending(wanted)).toBe(true);
    endWait();
    expect(await wanted).toBe(true);
    expect(calls).toEqual(['wait 3000']);
    expect(isNeedless()).toBe(false);
  });
});

describe('the confirmation of a denial', () => {
  it('is wanted at once if another server is good, and is counted', async () => {
    const { isWanted, own, calls } = crossCheckWith({ good: [1] });
    expect(await isWanted()).toBe(true);
    expect(calls).toEqual([]);
    expect(own.checks).toBe(1);
  });

  it('is not wanted, and not counted, if it is needless', async () => {
    const { isWanted, own, calls } = crossCheckWith({ count: 1 });
    expect(await isWanted()).toBe(false);
    expect(calls).toEqual([]);
    expect(own.checks).toBe(0);
  });

  it('is not wanted of the server itself, or of one that has not been asked', async () => {
    const { isWanted, calls } = crossCheckWith();
    expect(await isWanted()).toBe(false);
    expect(calls).toEqual(['consult', 'wait 500']);
  });

  it('is wanted if consulting others finds one that is good', async () => {
    const consult = ({ standings }: Suffix) => {
      const other = standings.get(urlOf(1));
      if (other) beGood(other);
    };
    expect(await crossCheckWith({ consult }).isWanted()).toBe(true);
  });
});

describe('a denial that waits for another server', () => {
  it('is confirmed when that one is good', async () => {
    const { isWanted, suffix, standingAt } = crossCheckWith({ asked: [1] });
    const wanted = isWanted();
    expect(await isPending(wanted)).toBe(true);
    suffix.changed.emit();
    expect(await isPending(wanted)).toBe(true);
    beGood(standingAt(1));
    suffix.changed.emit();
    expect(await wanted).toBe(true);
  });

  it('does not wait any longer if that one turns out to be wrong', async () => {
    const { isWanted, suffix, standingAt } = crossCheckWith({ asked: [1] });
    const wanted = isWanted();
    expect(await isPending(wanted)).toBe(true);
    takeWitness(standingAt(1).epoch, witnessWith({ suffix: 'denied' }));
    suffix.changed.emit();
    expect(await wanted).toBe(false);
  });

  it('waits for a third one if the second one is wrong', async () => {
    const { isWanted, suffix, standingAt } = crossCheckWith({ count: 3, asked: [1, 2] });
    const wanted = isWanted();
    await isPending(wanted);
    takeWitness(standingAt(1).epoch, witnessWith({ suffix: 'denied' }));
    suffix.changed.emit();
    expect(await isPending(wanted)).toBe(true);
    beGood(standingAt(2));
    suffix.changed.emit();
    expect(await wanted).toBe(true);
  });

  it('waits for half a second at most', async () => {
    const { isWanted, endWait, calls } = crossCheckWith({ asked: [1] });
    const wanted = isWanted();
    expect(await isPending(wanted)).toBe(true);
    endWait();
    expect(await wanted).toBe(false);
    expect(calls).toEqual(['consult', 'wait 500']);
  });

  it('does not wait for its own server', async () => {
    const { isWanted, own } = crossCheckWith();
    own.schedule.inFlight = 1;
    expect(await isWanted()).toBe(false);
  });
});

describe('a claim that another server has confirmed', () => {
  const many = { count: 64, good: [1] };
  const needs = async (played: Played, change: (own: Standing, suffix: Suffix) => void = () => {}) => {
    const { needsAnother, own, suffix } = crossCheckWith(played);
    change(own, suffix);
    const claim = findingWith();
    return [await needsAnother(claim), await needsAnother(claim)];
  };

  it('needs one more confirmation if it comes from one of many servers that has not answered for a name below the suffix', async () => {
    expect(await needs(many)).toEqual([true, false]);
  });

  it('needs no more if there are few servers, or it has answered for a name or been tested with one', async () => {
    expect(await needs({ count: 3, good: [1] })).toEqual([false, false]);
    expect(
      await needs(many, (own) => {
        own.answered = 'live.dev';
      }),
    ).toEqual([false, false]);
    const witness = witnessWith({ below: 'exists' });
    expect(await needs(many, ({ epoch }) => void takeWitness(epoch, witness))).toEqual([false, false]);
  });
});
