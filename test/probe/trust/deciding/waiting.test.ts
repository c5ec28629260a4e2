import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../../../src/probe/trust/standing.js';
import { decidingAmong, unknownBecause, urlOf } from '../deciding-among.js';

/** Whether a promise is still pending when everything that can happen has happened. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  void promise.then(() => {
    isSettled = true;
  });
  await new Promise(setImmediate);
  return !isSettled;
}

describe('a finding is looked at once more', () => {
  it('if it has become unknown again which servers know the root', async () => {
    const { decideAbout, calls } = decidingAmong(['denying'], 'example', 1, { areRootsUnknown: true });
    expect(await decideAbout('denied')).toBe('once more');
    expect(calls).toEqual(['consult']);
  });

  it('when another server has been heard', async () => {
    const { decideAbout, suffix } = decidingAmong(['unanswered', 'unheard']);
    const other = suffix.standings.get(urlOf(1));
    Object.assign(other?.schedule ?? {}, { inFlight: 1 });
    const decided = decideAbout('no random');
    expect(await isPending(decided)).toBe(true);
    suffix.changed.emit();
    expect(await decided).toBe('once more');
  });

  it('at once if no server is being tested, as the next round consults others', async () => {
    const { decideAbout } = decidingAmong(['unanswered'], 'example', 2);
    expect(await decideAbout('no random')).toBe('once more');
  });
});

describe('a name that the server has answered for', () => {
  it.each<[Trouble, boolean]>([
    ['denied', true],
    ['no suffix', true],
    ['no random', false],
    ['wildcard', false],
    ['filtered', false],
  ])('shows whether the suffix exists, if that is in doubt (%s): %s', async (trouble, isTested) => {
    const { decideAbout, standing, calls } = decidingAmong(['denying']);
    standing.answered = 'live.example';
    await decideAbout(trouble);
    expect(calls.includes('test live.example')).toBe(isTested);
  });

  it.each<[string, 'endBusy' | 'changed']>([
    ['all names have been answered', 'endBusy'],
    ['the suffix has changed', 'changed'],
  ])('is waited for under a suffix that IANA lists until %s', async (_, event) => {
    const { decideAbout, suffix, endBusy } = decidingAmong(['denying'], 'dev', 1, { isBusy: true });
    const decided = decideAbout('denied');
    expect(await isPending(decided)).toBe(true);
    if (event === 'changed') suffix.changed.emit();
    else endBusy();
    expect(await decided).toBe('once more');
  });

  it('is not waited for under another suffix', async () => {
    const { decideAbout } = decidingAmong(['denying'], 'example', 1, { isBusy: true });
    expect(await decideAbout('denied')).toMatchObject(
      unknownBecause('there is no top-level domain .example'),
    );
  });
});
