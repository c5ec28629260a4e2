import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Reported } from '../../src/formats/format.js';
import { jsonLine } from '../../src/formats/json.js';
import { type Compare, openComparison } from '../../src/history/compare.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { afterFile } from '../helpers/closing.js';
import { makeFolder } from '../helpers/system/folder.js';
import { signal } from './results.js';

const common = { name: 'not.dev', word: 'not', tld: 'dev', addresses: [], tries: 1, ms: 1, evidence: [] };
const registered: ProbeResult = {
  ...common,
  status: 'taken',
  registrar: 'Test Registrar',
  expires: '2026-12-24T22:00:00Z',
  statuses: ['active'],
};
const redeemable: ProbeResult = { ...registered, statuses: ['pending delete', 'redemption period'] };
const pending: ProbeResult = { ...registered, statuses: ['pending delete'] };
const renewed: ProbeResult = { ...registered, expires: '2027-12-24T22:00:00Z' };
const unregistered: ProbeResult = { ...common, status: 'unregistered' };
const unanswered: ProbeResult = { ...common, status: 'taken', reason: 'could not be confirmed: no reply' };
const silent: ProbeResult = { ...common, status: 'unknown', reason: 'no reply' };
const bare: ProbeResult = {
  ...common,
  status: 'live',
  evidence: ['https://rdap.example/domain/not.dev: registered'],
};

let path: string;
beforeAll(async () => {
  const folder = await makeFolder();
  afterFile(folder.remove);
  path = join(folder.path, 'run.json');
});

const now = () => new Date(0);

/** Opens a comparison of which each result first gets what was last known. */
async function open(since: string | undefined, withLast: boolean): Promise<Compare> {
  const comparison = await openComparison({ since, withLast, now, note: expect.fail }, signal);
  if ('problem' in comparison) return expect.fail(comparison.problem);
  return (result) => comparison.compare(comparison.recall(result));
}

/** Compares a result with earlier ones that have been read from a file. */
async function since(earlier: readonly ProbeResult[], result: ProbeResult): Promise<Reported | undefined> {
  await writeFile(path, earlier.map(jsonLine).join(''));
  return (await open(path, false))(result);
}

describe('a comparison with earlier results', () => {
  it.each([
    ['registered', 'redemption period', registered, redeemable],
    ['redemption period', 'pending delete', redeemable, pending],
    ['redemption period', 'registered', redeemable, registered],
    ['registered', 'redemption period', bare, { ...bare, statuses: ['redemption period'] }],
    ['registered', 'client hold', bare, { ...bare, statuses: ['client hold'] }],
  ])('reports that a registration has gone from %s to %s', async (was, is, earlier, result) => {
    expect(await since([earlier], result)).toEqual({ ...result, changes: { registration: { was, is } } });
  });

  it('reports the end of a registration beside the change of the status', async () => {
    expect(await since([pending], unregistered)).toEqual({
      ...unregistered,
      was: 'taken',
      changes: { registration: { was: 'pending delete', is: 'unregistered' } },
    });
  });

  it('reports a new expiry date, but not a new time of the day', async () => {
    const changes = { expires: { was: '2026-12-24', is: '2027-12-24' } };
    expect(await since([registered], renewed)).toEqual({ ...renewed, changes });
    const later = { ...registered, expires: '2026-12-24T23:59:59Z' };
    expect(await since([registered], later)).toBeUndefined();
  });

  it.each(['', 'soon', '2026-13-40T00:00:00Z', '-000001-01-01T00:00:00Z', '+012026-01-01T00:00:00Z'])(
    'ignores the expiry date %j',
    async (expires) => {
      expect(await since([{ ...registered, expires }], renewed)).toBeUndefined();
      expect(await since([registered], { ...renewed, expires })).toBeUndefined();
    },
  );

  it('compares dates up to the year 9999', async () => {
    const last = { ...registered, expires: '9999-12-31T23:59:59Z' };
    expect((await since([last], registered))?.changes).toEqual({
      expires: { was: '9999-12-31', is: '2026-12-24' },
    });
  });

  it('takes a registry that did not answer for no change, and remembers what it said before', async () => {
    expect(await since([registered], unanswered)).toBeUndefined();
    expect(await since([unanswered], registered)).toBeUndefined();
    expect((await since([registered, unanswered], pending))?.changes).toEqual({
      registration: { was: 'registered', is: 'pending delete' },
    });
  });

  it('takes no answer for no change, and remembers what was known before', async () => {
    for (const earlier of [redeemable, bare, unregistered]) {
      expect(await since([earlier], silent)).toBeUndefined();
      expect(await since([earlier, silent, silent], earlier)).toBeUndefined();
    }
    expect((await since([bare, silent], unregistered))?.was).toBe('live');
    expect((await since([silent], bare))?.was).toBe('unknown');
  });

  it('takes a denial by the DNS for no change where the registry had told more, until it tells again', async () => {
    const absent: ProbeResult = { ...common, status: 'absent', reason: 'could not be confirmed: no reply' };
    expect(await since([redeemable], absent)).toBeUndefined();
    expect(await since([unregistered], absent)).toBeUndefined();
    expect((await since([redeemable, absent], unregistered))?.was).toBe('taken');
    expect((await since([bare], absent))?.was).toBe('live');
    expect((await since([{ ...common, status: 'taken' }], absent))?.was).toBe('taken');
  });

  it('adds to a result what was last known, with which the next night compares', async () => {
    await writeFile(path, jsonLine(redeemable));
    for (let night = 1; night <= 3; night++) {
      const comparison = await openComparison(
        { since: path, withLast: false, now, note: expect.fail },
        signal,
      );
      if ('problem' in comparison) return expect.fail(comparison.problem);
      const recalled = comparison.recall(silent);
      expect(recalled).toEqual({
        ...silent,
        lastKnown: 'taken',
        lastRegistration: { state: 'redemption period', expires: '2026-12-24' },
      });
      await writeFile(path, jsonLine(recalled));
    }
    expect((await (await open(path, false))(pending))?.changes).toEqual({
      registration: { was: 'redemption period', is: 'pending delete' },
    });
  });

  it('takes every name for new if there is no file yet, and says so', async () => {
    const notes: string[] = [];
    const note = (message: string) => void notes.push(message);
    const settings = { since: `${path}.none`, withLast: false, now, note };
    const comparison = await openComparison(settings, signal);
    if ('problem' in comparison) return expect.fail(comparison.problem);
    expect(comparison.compare(bare)).toEqual(bare);
    expect(notes).toEqual([
      expect.stringMatching(/^there are no earlier results in ".*none" yet: every name is new$/),
    ]);
  });

  it('reads UTF-16', async () => {
    await writeFile(path, `\ufeff${jsonLine(bare)}`, 'utf16le');
    expect((await open(path, false))(bare)).toBeUndefined();
  });

  it('forgets a registration that has ended', async () => {
    expect((await since([registered, unregistered], renewed))?.changes).toEqual({
      registration: { was: 'unregistered', is: 'registered' },
    });
  });
});

describe('a comparison with the last results', () => {
  it('reports each step of a registration once, with its time', async () => {
    const compare = await open(undefined, true);
    const steps = [registered, registered, unanswered, redeemable, redeemable, pending, unregistered];
    const told = steps.map(compare).map((result) => result && [result.changes?.registration, result.at]);
    expect(told).toEqual([
      [undefined, undefined],
      undefined,
      undefined,
      [{ was: 'registered', is: 'redemption period' }, now()],
      undefined,
      [{ was: 'redemption period', is: 'pending delete' }, now()],
      [{ was: 'pending delete', is: 'unregistered' }, now()],
    ]);
  });
});
