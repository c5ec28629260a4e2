import { describe, expect, it } from 'vitest';
import type { Status } from '../../../src/probe/result.js';
import type { AskAuthority } from '../../../src/probe/second-opinion.js';
import { takeWitness } from '../../../src/probe/trust/epoch.js';
import { createExisting } from '../../../src/probe/trust/existing.js';
import { createKnownServer, type Standing } from '../../../src/probe/trust/standing.js';
import { createSuffix, standingOf } from '../../../src/probe/trust/suffix.js';
import { primary, secondary } from '../../helpers/answers.js';
import { witnessWith } from './standings.js';

interface Played {
  readonly suffixName?: string;
  /** What the authority says about the names that it knows; undefined if it may not be asked. */
  readonly authority?: Readonly<Record<string, Status>>;
  /** Whether names are still being asked for until the test ends that. */
  readonly isBusy?: boolean;
  /** Whether tests go on until the test ends them. */
  readonly isSlow?: boolean;
}

function existingWith({ suffixName = 'love', authority, isBusy = false, isSlow = false }: Played = {}) {
  const suffix = createSuffix(suffixName, [primary, secondary].map(createKnownServer), () => {});
  const own = standingOf(suffix, createKnownServer(primary));
  const other = standingOf(suffix, createKnownServer(secondary));
  const notes: string[] = [];
  /** The controls of the tests, and the names that the authority is asked for. */
  const tested: string[] = [];
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  let endBusy = () => {};
  const busy = new Promise<void>((resolve) => {
    endBusy = resolve;
  });
  const askAuthority: AskAuthority = async (candidate) => {
    const { name } = candidate;
    asked.push(name);
    const status = authority?.[name] ?? 'absent';
    const common = { ...candidate, addresses: [], tries: 1, ms: 1, evidence: [] };
    return status === 'unknown' ? { ...common, status, reason: 'silence' } : { ...common, status };
  };
  const existing = createExisting({
    testing: {
      test(standing) {
        tested.push(standing.controlName);
        return isSlow ? new Promise((resolve) => void ends.push(resolve)) : Promise.resolve();
      },
      busy: () => (isBusy ? busy : undefined),
    },
    authority: authority && askAuthority,
    note: (message) => notes.push(message),
  });
  const test = (standing = own) => existing.test(suffix, standing);
  return { existing, suffix, own, other, test, tested, asked, notes, endBusy, ends };
}

const note = 'no name under .love is known to exist, so a filter of all its names would go unnoticed';
const turn = () => new Promise(setImmediate);

describe('the test of a server by a name that exists', () => {
  it('is done with a name that another server has answered for', async () => {
    const { test, suffix, own, tested, asked, notes } = existingWith({ authority: {} });
    suffix.names.existing.push('true.love', 'first.love');
    expect(await test()).toBe(true);
    expect(tested).toEqual(['true.love']);
    expect(own.controlName).toBe('true.love');
    expect(asked).toEqual([]);
    expect(notes).toEqual([]);
  });

  it('is done with a name server of the suffix if no other name is known', async () => {
    const { test, own, tested, asked } = existingWith({ authority: { 'nic.love': 'live' } });
    own.serverNames = ['a.nic.love', 'b.nic.love'];
    expect(await test()).toBe(true);
    expect(tested).toEqual(['a.nic.love']);
    expect(asked).toEqual([]);
  });

  it.each<[string, (standing: Standing) => void]>([
    [
      'has answered for a name',
      (standing) => {
        standing.answered = 'true.love';
      },
    ],
    [
      'has been tested with one',
      (standing) => {
        standing.controlName = 'true.love';
      },
    ],
  ])('is needless if the server %s', async (_, change) => {
    const { existing, test, suffix, own, tested } = existingWith();
    suffix.names.existing.push('true.love');
    expect(existing.isNeedless(own)).toBe(false);
    change(own);
    expect(existing.isNeedless(own)).toBe(true);
    expect(await test()).toBe(false);
    expect(tested).toEqual([]);
  });

  it('is waited for by all denials of the server, and done once', async () => {
    const { existing, test, suffix, own, tested, ends } = existingWith({ isSlow: true });
    suffix.names.existing.push('true.love');
    const first = test();
    await turn();
    expect(existing.isNeedless(own)).toBe(false);
    const second = test();
    await turn();
    for (const end of ends) end();
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(tested).toEqual(['true.love']);
    expect(existing.isNeedless(own)).toBe(true);
    expect(await test()).toBe(false);
  });

  it('is waited for even if its name is not known any more', async () => {
    const { test, own, ends } = existingWith({ isSlow: true });
    own.serverNames = ['a.nic.love'];
    const first = test();
    await turn();
    own.serverNames = [];
    let isOver = false;
    const second = test().then((isTested) => {
      isOver = true;
      return isTested;
    });
    await turn();
    expect(isOver).toBe(false);
    for (const end of ends) end();
    expect(await Promise.all([first, second])).toEqual([true, true]);
  });

  it('is done once even if the name is still being looked for', async () => {
    const { test, tested, ends } = existingWith({ authority: { 'nic.love': 'live' }, isSlow: true });
    const both = [test(), test()];
    await turn();
    for (const end of ends) end();
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(tested).toEqual(['nic.love']);
  });
});

describe('the authority', () => {
  it.each<[Status]>([['live'], ['taken']])('shows a name to exist that is %s', async (status) => {
    const { test, suffix, tested, asked } = existingWith({ authority: { 'google.love': status } });
    expect(await test()).toBe(true);
    expect(asked).toEqual(['nic.love', 'google.love']);
    expect(tested).toEqual(['google.love']);
    expect(suffix.names.existing).toEqual(['google.love']);
  });

  it.each<[Status]>([['absent'], ['unknown']])('does not show a name to exist that is %s', async (status) => {
    const { test, asked } = existingWith({ authority: { 'nic.love': status } });
    expect(await test()).toBe(false);
    expect(asked).toEqual(['nic.love', 'google.love', 'amazon.love']);
  });

  it('is asked once for all servers', async () => {
    const { test, own, other, asked } = existingWith({ authority: {} });
    await Promise.all([test(own), test(other)]);
    await test(own);
    expect(asked).toHaveLength(3);
  });

  it('is not asked about reserved names', async () => {
    const { test, asked } = existingWith({ suffixName: 'test', authority: {} });
    expect(await test()).toBe(false);
    expect(asked).toEqual([]);
  });
});

describe('that no name is known to exist', () => {
  it('is noted when all names have been answered', async () => {
    const { existing, suffix, notes, endBusy } = existingWith({ isBusy: true });
    const noted = [existing.noteUnknown(suffix), existing.noteUnknown(suffix)];
    await turn();
    expect(notes).toEqual([]);
    endBusy();
    await Promise.all(noted);
    expect(notes).toEqual([note]);
  });

  it.each<[string, (played: ReturnType<typeof existingWith>) => void]>([
    [
      'if a server has answered for one',
      ({ other }) => {
        other.answered = 'true.love';
      },
    ],
    ['if another server has shown one', ({ suffix }) => suffix.names.existing.push('true.love')],
  ])('is not noted %s before or meanwhile', async (_, change) => {
    for (const isBefore of [true, false]) {
      const played = existingWith({ isBusy: true });
      if (isBefore) change(played);
      const noted = played.existing.noteUnknown(played.suffix);
      if (!isBefore) change(played);
      played.endBusy();
      await noted;
      expect(played.notes).toEqual([]);
    }
  });
});

describe('a server that has denied a name which exists', () => {
  it('is tested with that name, even if it has answered for another one', () => {
    const { existing, own, tested } = existingWith();
    own.answered = 'first.love';
    existing.contradict(own, 'true.love');
    expect(tested).toEqual(['true.love']);
    expect(own.controlName).toBe('true.love');
  });

  it('is tested once at a time', async () => {
    const { existing, own, tested, ends } = existingWith({ isSlow: true });
    existing.contradict(own, 'true.love');
    existing.contradict(own, 'first.love');
    expect(own.controlName).toBe('true.love');
    for (const end of ends) end();
    await turn();
    existing.contradict(own, 'first.love');
    expect(tested).toEqual(['true.love', 'first.love']);
  });
});

describe('a name that is believed to exist', () => {
  it('is kept, once, with at most two others', () => {
    const { existing, suffix, own } = existingWith();
    for (const name of ['a.love', 'a.love', 'b.love', 'c.love', 'd.love']) existing.record(suffix, own, name);
    expect(suffix.names.existing).toEqual(['a.love', 'b.love', 'c.love']);
  });

  it('becomes the control of the server if that is good, and stays it', () => {
    const { existing, suffix, own } = existingWith();
    existing.record(suffix, own, 'a.love');
    expect(own.controlName).toBe('love');
    takeWitness(own.epoch, witnessWith());
    existing.record(suffix, own, 'b.love');
    existing.record(suffix, own, 'c.love');
    expect(own.controlName).toBe('b.love');
  });
});
