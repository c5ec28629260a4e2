import { describe, expect, it } from 'vitest';
import { takeWitness } from '../../../src/probe/trust/epoch.js';
import type { Grade, Standing } from '../../../src/probe/trust/standing.js';
import { decidingAmong, unknownBecause, urlOf } from './deciding-among.js';
import { witnessWith } from './standings.js';

describe('a name', () => {
  it.each([
    ['one server', 1, 4],
    ['three servers', 3, 6],
    ['16 servers', 16, 19],
    ['40 servers', 40, 19],
  ])('is asked for again for its three tries and for each server: %s', (_, serverCount, rounds) => {
    const { deciding, suffix } = decidingAmong(['good'], 'example', serverCount);
    expect(deciding.isRoundLeft(suffix, rounds - 1)).toBe(true);
    expect(deciding.isRoundLeft(suffix, rounds)).toBe(false);
  });

  it.each([
    ['if there are many servers and some have not been asked', 40, 1, true],
    ['but not if it has been asked for too often', 40, 19, false],
    ['but not if there are few servers', 2, 1, false],
  ])('may be known to a server that has not been asked, %s', (_, serverCount, round, isSampled) => {
    const { deciding, suffix } = decidingAmong(['good'], 'example', serverCount);
    expect(deciding.isSampled(suffix, round)).toBe(isSampled);
  });
});

it('a name may not be known to another server if all of many have been asked', () => {
  const { deciding, suffix } = decidingAmong(new Array<Grade>(40).fill('good'));
  expect(deciding.isSampled(suffix, 1)).toBe(false);
});

describe('a finding with a trouble', () => {
  it('has the servers consulted first', async () => {
    const { decideAbout, calls } = decidingAmong(['unanswered']);
    await decideAbout('no random');
    expect(calls).toEqual(['consult']);
  });

  it('is unknown if nobody else could know, with the reason and the evidence', async () => {
    const { decideAbout } = decidingAmong(['unanswered']);
    expect(await decideAbout('no suffix')).toMatchObject({
      reviewed: {
        verdict: { status: 'unknown', reason: 'cannot tell whether .example exists: no reply' },
        addresses: [],
        evidence: ['A: NOERROR, address', 'dev exists', 'random.dev does not exist'],
      },
    });
  });

  it('is blocked if the server filters the names of the suffix', async () => {
    const reason = `blocked by ${urlOf(0)}: it denies example, which exists`;
    expect(await decidingAmong(['filtering']).decideAbout('filtered')).toMatchObject({
      reviewed: { verdict: { status: 'unknown', reason }, failure: 'blocked' },
    });
  });

  it('is not blocked for another reason', async () => {
    const decided = await decidingAmong(['unanswered']).decideAbout('no suffix');
    expect(decided).not.toHaveProperty('reviewed.failure');
  });

  it('is left to the name servers if any name is answered', async () => {
    const { decideAbout } = decidingAmong(['wildcard']);
    expect(await decideAbout('wildcard')).toBe('name servers');
  });

  it('is asked for at another server if that one is better', async () => {
    const { decideAbout } = decidingAmong(['wildcard', 'good']);
    expect(await decideAbout('wildcard')).toEqual({ reviewed: { avoid: urlOf(0) } });
  });

  it('is asked for where its suffix is if its server is avoided already', async () => {
    const { decideAbout, suffix } = decidingAmong(['wildcard', 'good']);
    suffix.avoid.add(urlOf(0));
    expect(await decideAbout('wildcard')).toEqual({ reviewed: {} });
  });

  it('is asked for where its suffix is, if that avoids the server, although one of many has not been asked', async () => {
    const grades: Grade[] = ['wildcard', ...new Array<Grade>(23).fill('good')];
    const { decideAbout, suffix } = decidingAmong(grades, 'example', 40);
    suffix.avoid.add(urlOf(0));
    expect(await decideAbout('wildcard')).toEqual({ reviewed: {} });
  });

  it('is unknown although another server is better if no round is left', async () => {
    const { decideAbout } = decidingAmong(['wildcard', 'good']);
    expect(await decideAbout('wildcard', 5)).toMatchObject(
      unknownBecause('udp://192.0.2.1:53 answers for names under .example that do not exist'),
    );
  });

  it('is asked for elsewhere rather than unknown if one of many servers has not been asked', async () => {
    const { decideAbout } = decidingAmong(new Array<Grade>(24).fill('unanswered'), 'example', 40);
    expect(await decideAbout('no suffix')).toEqual({ reviewed: { avoid: urlOf(0) } });
  });
});

describe('a denial of a suffix that is given up', () => {
  it('is noted', async () => {
    const { decideAbout, notes } = decidingAmong(['denying'], 'co.example');
    const reason = 'there is no domain co.example';
    expect(await decideAbout('denied')).toMatchObject(unknownBecause(reason));
    expect(notes).toEqual([reason]);
  });

  it('is noted once of a server that is cut off, whatever the suffix', async () => {
    const { decideAbout, standing, topics } = decidingAmong(['denying']);
    standing.server.knowsRoot = false;
    await decideAbout('denied');
    expect(topics).toEqual([`${urlOf(0)} is cut off`]);
  });

  it('is noted once of a suffix in dispute', async () => {
    const { decideAbout, topics } = decidingAmong(['denying', 'good']);
    await decideAbout('denied');
    expect(topics).toEqual(['dispute about example']);
  });

  it('is a dispute if another server has the suffix', async () => {
    const { decideAbout, notes } = decidingAmong(['denying', 'good']);
    const reason = 'udp://192.0.2.1:53 denies .example, which udp://192.0.2.2:53 has';
    expect(await decideAbout('denied')).toMatchObject(unknownBecause(reason));
    expect(notes).toEqual([reason]);
  });
});

describe('a denial of a single label', () => {
  it('has the server tested once by a name that it has answered for', async () => {
    const { decideAbout, standing, calls } = decidingAmong(['denying']);
    standing.answered = 'live.example';
    expect(await Promise.all([decideAbout('denied'), decideAbout('denied')])).toEqual([
      'once more',
      'once more',
    ]);
    expect(calls).toEqual(['consult', 'consult', 'test live.example']);
    expect(await decideAbout('denied')).toMatchObject(
      unknownBecause('there is no top-level domain .example'),
    );
    expect(calls.filter((call) => call.startsWith('test'))).toHaveLength(1);
  });

  it.each<[string, (standing: Standing) => void]>([
    ['denies the root', ({ server }) => Object.assign(server, { knowsRoot: false })],
    ['has answered for the suffix itself', (standing) => Object.assign(standing, { hasSuffix: true })],
    ['answers for any name', ({ epoch }) => Object.assign(epoch.shown, { random: 'exists' })],
  ])('is no habit of a server that %s', async (_, change) => {
    const { decideAbout, standing, calls } = decidingAmong(['denying']);
    standing.answered = 'live.example';
    change(standing);
    await decideAbout('denied');
    expect(calls).toEqual(['consult']);
  });
});

describe('a server that has changed its mind', () => {
  it('is tested again, and the finding is decided about once more if that did not help', async () => {
    const { decideAbout, calls } = decidingAmong(['changed']);
    expect(await decideAbout('changed')).toBe('once more');
    expect(calls).toEqual(['consult', 'recover']);
  });

  it('has the name asked for again if it is right again', async () => {
    const recover = ({ epoch }: Standing) => void takeWitness(epoch, witnessWith());
    const { decideAbout } = decidingAmong(['changed'], 'example', 1, { recover });
    expect(await decideAbout('changed')).toEqual({ reviewed: {} });
  });

  it('is given up after its tries', async () => {
    const { decideAbout, standing, calls } = decidingAmong(['changed']);
    standing.epoch.wrong = 3;
    expect(await decideAbout('changed')).toMatchObject(
      unknownBecause('udp://192.0.2.1:53 denies .example, which it had before'),
    );
    expect(calls).toEqual(['consult']);
  });
});
