import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import type { Question } from '../../../src/dns/wire/query.js';
import { createTrust } from '../../../src/probe/trust/trust.js';
import { type Finding, unknown } from '../../../src/probe/verdict.js';
import { answerWith, denial, primary, replied, secondary } from '../../helpers/answers.js';
import { isRandom } from '../../helpers/honest.js';
import { createManualClock } from '../../helpers/manual-clock.js';
import { candidateOf } from '../../helpers/played.js';
import { createSeededRandom } from '../../simulation/random.js';
import { findingWith } from '../making.js';

type Answering = (question: Question, server: string | undefined) => Outcome;

const right: Answering = ({ name }) => (isRandom(name) ? denial : replied({ nameServers: true }));

/** Trust in two servers, and what it says and does. */
function trustIn(answering: Answering, servers: readonly string[] = [primary, secondary]) {
  const clock = { ...createManualClock(), endOfTurn: queueMicrotask };
  const notes: string[] = [];
  const asked: string[] = [];
  let place = 0;
  const trust = createTrust({
    platform: { clock, random: createSeededRandom(1) },
    servers,
    ask: async (question, policy) => {
      asked.push(`${policy?.only} ${question.name}`);
      return answerWith(answering(question, policy?.only), { sent: ++place, received: ++place });
    },
    isDrained: () => true,
    nextPlace: () => ++place,
    tries: 3,
    note: (message) => notes.push(message),
  });
  /** Reviews a finding that has just been made. */
  const review = (name: string, changes: Partial<Finding> = {}, round = 1) => {
    const candidate = candidateOf(name);
    const suffix = trust.open(candidate);
    for (const url of [primary, secondary]) suffix.policy.sending?.(url);
    return trust.review(candidate, suffix, { ...findingAt(++place), ...changes }, round);
  };
  const openSuffix = (name: string) => trust.open({ name: `x.${name}`, word: 'x', tld: name });
  return { trust, notes, asked, review, clock, openSuffix };
}

const findingAt = (place: number): Finding => findingWith({ first: place, last: place, received: place });

describe('trust in servers', () => {
  it('believes a finding of a server that is right, and adds the evidence', async () => {
    const { review } = trustIn(right);
    expect(await review('live.dev')).toMatchObject({
      verdict: { status: 'live' },
      evidence: ['A: NOERROR, address', 'dev exists', expect.stringMatching(/\.dev does not exist$/)],
    });
  });

  it('has nothing to say about a finding without an answer', async () => {
    const { review, asked } = trustIn(right);
    const verdict = unknown('no reply');
    expect(await review('live.dev', { verdict, sources: [] })).toMatchObject({
      verdict,
      evidence: ['A: NOERROR, address'],
    });
    expect(asked.filter((each) => each.endsWith('live.dev'))).toEqual([]);
  });

  it('reviews a finding by each of its servers', async () => {
    const { review } = trustIn(right);
    const reviewed = await review('live.dev', { sources: [primary, secondary] });
    expect('evidence' in reviewed && reviewed.evidence).toHaveLength(5);
  });

  it('does not believe a finding if one of its servers is wrong', async () => {
    const { review } = trustIn((question, server) =>
      server === secondary && isRandom(question.name)
        ? replied({ addresses: ['192.0.2.66'] })
        : right(question, server),
    );
    expect(await review('live.dev', { sources: [primary, secondary] })).not.toHaveProperty('verdict');
    expect(await review('live.dev', { sources: [primary] })).toHaveProperty('verdict');
  });

  it('believes what a server says that cannot be tested', async () => {
    const { review } = trustIn(right);
    expect(await review('live.dev', { sources: ['system'] })).toMatchObject({
      verdict: { status: 'live' },
      evidence: ['A: NOERROR, address'],
    });
  });

  it('knows of no lie of a server that it does not know, or that is honest', async () => {
    const { trust, review } = trustIn(right);
    await review('live.dev');
    expect([trust.lieOf('system'), trust.lieOf(primary)]).toEqual([undefined, undefined]);
  });

  it('sends no canaries after the end', async () => {
    const { trust, review, asked, clock, openSuffix } = trustIn(right);
    await review('live.dev');
    const count = asked.length;
    trust.close();
    openSuffix('com').policy.sending?.(primary);
    expect(asked).toHaveLength(count);
    expect(clock.timers()).toBe(0);
  });
});

describe('the suffixes of a run', () => {
  it('have their names reviewed although they have been forgotten', async () => {
    const { trust, review, openSuffix } = trustIn((question, server) =>
      server === primary ? denial : right(question, server),
    );
    const reviewed = review('live.dev', { verdict: { status: 'absent' } });
    for (let index = 0; index <= 10_000; index++) openSuffix(`s${index}`);
    expect(await reviewed).not.toHaveProperty('verdict');
    expect(trust.lieOf(primary)).toBe('denies .dev and the root');
  });
});

describe('a name that is believed to exist', () => {
  const free = { verdict: { status: 'absent' } } as const;
  /** Denies some names, and is right otherwise. */
  const without =
    (...names: readonly string[]): Answering =>
    (question, server) =>
      names.includes(question.name) ? denial : right(question, server);

  it.each<[string, Partial<Finding>]>([
    ['live', {}],
    ['taken', { verdict: { status: 'taken' } }],
  ])('is a canary from then on if it is %s', async (_, changes) => {
    const { review, asked } = trustIn(right, [primary]);
    await review('own.dev', changes);
    const count = asked.length;
    await review('other.dev');
    expect(asked.slice(count)).toContain(`${primary} own.dev`);
  });

  it.each<[string, Partial<Finding>]>([
    ['is absent', free],
    ['has no answer', { verdict: unknown('no reply'), sources: [primary] }],
  ])('is not one that %s', async (_, changes) => {
    const { review, openSuffix } = trustIn(right, [primary]);
    await review('own.dev', changes);
    expect(openSuffix('dev').names.existing).toEqual([]);
  });

  it('is not one whose answer is not like others of the server', async () => {
    const { review, openSuffix } = trustIn((question) =>
      isRandom(question.name)
        ? replied({ rcode: 'NXDOMAIN', zone: 'dev', offersRecursion: true })
        : right(question, primary),
    );
    const reviewed = await review('own.dev', { verdict: { status: 'taken' }, offersRecursion: true });
    expect(reviewed).toHaveProperty('suspicion', `blocked by ${primary}: the denial has no SOA record`);
    expect(openSuffix('dev').names.existing).toEqual([]);
  });

  it('shows that a server filters which denies it, and a note says so once', async () => {
    const { review, notes } = trustIn(without('own.dev', 'live.dev'), [primary]);
    await review('own.dev');
    await review('live.dev');
    expect(await review('free.dev', free)).toMatchObject({
      verdict: { reason: `blocked by ${primary}: it denies own.dev, which exists` },
    });
    await review('free2.dev', free);
    expect(notes).toEqual([`names under .dev are blocked by ${primary}: it denies own.dev, which exists`]);
  });

  it('is asked of a server that has denied it, and one note says so if that filters', async () => {
    const { trust, review, asked, notes } = trustIn((question, server) =>
      server === primary ? without('own.dev', 'live.dev')(question, server) : right(question, server),
    );
    await review('free.dev', free);
    for (const [index, name] of ['own.dev', 'live.dev'].entries()) {
      const candidate = candidateOf(name);
      const found = { ...findingAt(1000 + index), sources: [secondary] };
      await trust.review(candidate, trust.open(candidate), found, 2, findingWith({ sources: [primary] }));
      await new Promise(setImmediate);
      expect(asked).toContain(`${primary} ${name}`);
    }
    expect(notes).toEqual([`names under .dev are blocked by ${primary}: it denies own.dev, which exists`]);
  });

  it('keeps the server from a test by another one', async () => {
    const { review, openSuffix } = trustIn(right, [primary]);
    await review('own.dev', { sources: [primary] });
    expect(openSuffix('dev').standings.get(primary)?.answered).toBe('own.dev');
    await review('other.dev');
    expect(openSuffix('dev').standings.get(primary)?.answered).toBe('own.dev');
  });
});

describe('a server that changes its mind', () => {
  /** A server that denies everything after a while. */
  async function changing(names: number) {
    let isLying = false;
    const { review, notes, trust, openSuffix } = trustIn(
      (question, server) => (isLying ? denial : right(question, server)),
      [primary],
    );
    for (let name = 0; name < names; name++) await review(`x${name}.dev`);
    isLying = true;
    void review('live.dev', { verdict: { status: 'absent' } });
    await new Promise((resolve) => setImmediate(resolve));
    return { notes, trust, openSuffix };
  }

  it.each([
    [1, 'one name'],
    [2, '2 names'],
  ])('is reported, with the number of names that were believed before: %i', async (count, text) => {
    const { notes } = await changing(count);
    expect(notes).toEqual([
      `after ${text}, a server changed its mind: ${primary} denies .dev, which it had before`,
    ]);
  });

  it('keeps its findings waiting for a pause, which the end of the run ends', async () => {
    const { trust, openSuffix } = await changing(1);
    const suffix = openSuffix('dev');
    expect(suffix.recovery).toBeDefined();
    trust.close();
  });
});
