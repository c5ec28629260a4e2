import { describe, expect, it } from 'vitest';
import type { Canary, CanaryReply } from '../../../src/probe/trust/canary.js';
import { covers, createWitness, isRight, isWrong, provesSuffix } from '../../../src/probe/trust/witness.js';
import { witnessWith } from './standings.js';

const reply = (
  exists: boolean,
  changes: Partial<Extract<CanaryReply, { exists: boolean }>> = {},
): CanaryReply => ({
  exists,
  zone: undefined,
  sent: 1,
  received: 2,
  ...changes,
});
const failed: CanaryReply = { failure: 'REFUSED' };

const control = (answer: CanaryReply): Canary => ({ name: 'dev', reply: answer });
const random = (answer: CanaryReply): Canary => ({ name: 'random.dev', reply: answer });
const witnessOf = (made: CanaryReply, known?: CanaryReply, suffixName = 'dev') =>
  createWitness(suffixName, [random(made)], known && control(known), 5, 50, 7);

const denial = reply(false);
const denialByDev = reply(false, { zone: 'dev' });
const existing = reply(true);

describe('a witness', () => {
  it.each<[string, CanaryReply, CanaryReply | undefined, string, string]>([
    ['that both canaries are as they must be', denial, existing, 'exists', 'denied'],
    ['that the suffix is denied', denial, denial, 'denied', 'denied'],
    [
      'that the suffix is denied although the zone of the suffix denies a name',
      denialByDev,
      denial,
      'denied',
      'denied',
    ],
    ['that the random name exists', existing, existing, 'exists', 'exists'],
    ['nothing of the random name if that has no answer', failed, existing, 'exists', 'unanswered'],
    ['nothing of the suffix if that has no answer', denial, failed, 'unanswered', 'denied'],
    ['that the suffix exists if its zone denies the random name', denialByDev, failed, 'exists', 'denied'],
    ['the same without a control', denialByDev, undefined, 'exists', 'denied'],
    ['nothing of the suffix without a control and an SOA record', denial, undefined, 'unanswered', 'denied'],
  ])('says %s', (_, made, known, suffix, randomState) => {
    expect(witnessOf(made, known)).toMatchObject({ suffix, random: randomState });
  });

  it('has the places of its first query and of its first reply, whichever canary they belong to', () => {
    const [early, late] = [
      { sent: 10, received: 20 },
      { sent: 11, received: 21 },
    ];
    expect(witnessOf(reply(false, early), reply(true, late))).toMatchObject(early);
    expect(witnessOf(reply(false, late), reply(true, early))).toMatchObject(early);
    expect(witnessOf(reply(false, { ...early, received: 30 }), reply(true, late))).toMatchObject({
      sent: 10,
      received: 21,
    });
  });

  it('begins where it is said to', () => {
    expect(witnessOf(denial, existing).begun).toBe(7);
  });

  it('counts a canary without an answer as asked with the witness, and as ended with it', () => {
    const answered = { sent: 10, received: 20 };
    expect(witnessOf(failed, reply(true, answered))).toMatchObject({ sent: 5, received: 20 });
    expect(witnessOf(reply(false, answered), failed)).toMatchObject({ sent: 5, received: 20 });
    expect(witnessOf(failed, failed)).toMatchObject({ sent: 5, received: 50 });
  });

  it('tells why a canary has no answer, that of the suffix first', () => {
    expect(witnessOf(denial, existing).failure).toBe('');
    expect(witnessOf({ failure: 'no reply' }, existing).failure).toBe('no reply');
    expect(witnessOf({ failure: 'no reply' }, failed).failure).toBe('REFUSED');
  });

  it('tells what was said in words, about the suffix first', () => {
    expect(witnessOf(denial, existing).evidence).toEqual(['dev exists', 'random.dev does not exist']);
    expect(witnessOf(denialByDev, undefined).evidence).toEqual(['random.dev does not exist']);
  });
});

describe('a witness with two random names', () => {
  const witnessOfTwo = (long: CanaryReply, similar: CanaryReply) =>
    createWitness('dev', [random(long), { name: 'abc.dev', reply: similar }], control(existing), 5, 50, 7);

  it.each<[string, CanaryReply, CanaryReply, string]>([
    ['exists if the long one does', existing, denial, 'exists'],
    ['exists if the other one does', denial, existing, 'exists'],
    ['exists if one does and the other one has no answer', failed, existing, 'exists'],
    ['has no answer if the long one has none', failed, denial, 'unanswered'],
    ['has no answer if the other one has none', denial, failed, 'unanswered'],
    ['is denied if both are', denial, denial, 'denied'],
  ])('says that the random name %s', (_, long, similar, state) => {
    expect(witnessOfTwo(long, similar).random).toBe(state);
  });

  it('keeps how the long one was denied, if it was', () => {
    const byDev = reply(false, { zone: 'dev', offersRecursion: true });
    expect(witnessOfTwo(byDev, denial).denial).toEqual({
      name: 'random.dev',
      zone: 'dev',
      offersRecursion: true,
    });
    expect(witnessOfTwo(existing, byDev).denial).toBeUndefined();
    expect(witnessOfTwo(failed, byDev).denial).toBeUndefined();
  });

  it('tells what was said of both', () => {
    expect(witnessOfTwo(denial, existing).evidence).toEqual([
      'dev exists',
      'random.dev does not exist',
      'abc.dev exists',
    ]);
  });

  it('rests on the zone that denies the long one', () => {
    const witness = (long: CanaryReply, similar: CanaryReply) =>
      createWitness('dev', [random(long), { name: 'abc.dev', reply: similar }], undefined, 5, 50, 7);
    expect(witness(denialByDev, denial).suffix).toBe('exists');
    expect(witness(denial, denialByDev).suffix).toBe('unanswered');
  });
});

describe('a witness whose control is a name below the suffix', () => {
  const witnessOfBelow = (known: CanaryReply) =>
    createWitness('dev', [random(denial)], { name: 'live.dev', reply: known }, 5, 50, 7);

  it.each<[string, CanaryReply, string]>([
    ['that it exists', existing, 'exists'],
    ['that it is denied', denial, 'denied'],
    ['nothing if it has no answer', failed, 'unanswered'],
  ])('says %s', (_, known, below) => expect(witnessOfBelow(known).below).toBe(below));

  it('is the only one that says anything of such a name', () => {
    expect(witnessOf(denial, existing).below).toBe('unanswered');
    expect(witnessOf(denialByDev).below).toBe('unanswered');
  });
});

describe('the answer about a random name proves the suffix', () => {
  it.each<[string, CanaryReply, boolean]>([
    ['if it is a denial by the zone of the suffix', denialByDev, true],
    ['not if the denial has no SOA record', denial, false],
    ['not if the denial comes from the zone above', reply(false, { zone: '' }), false],
    ['not if the name exists', reply(true, { zone: 'dev' }), false],
    ['not if there is none', failed, false],
  ])('%s', (_, answer, proves) => expect(provesSuffix('dev', answer)).toBe(proves));
});

describe('a witness is', () => {
  it.each([
    ['right', 'exists', 'denied', true, false],
    ['wrong if the suffix is denied', 'denied', 'denied', false, true],
    ['wrong if the random name exists', 'exists', 'exists', false, true],
    ['wrong if the random name exists, and the suffix has no answer', 'unanswered', 'exists', false, true],
    ['wrong if the suffix is denied, and the random name has no answer', 'denied', 'unanswered', false, true],
    ['neither right nor wrong if the suffix has no answer', 'unanswered', 'denied', false, false],
    ['neither right nor wrong if the random name has no answer', 'exists', 'unanswered', false, false],
  ] as const)('%s', (_, suffix, made, right, wrong) => {
    const witness = witnessWith({ suffix, random: made });
    expect([isRight(witness), isWrong(witness)]).toEqual([right, wrong]);
  });
});

describe('a witness about a name below the suffix is', () => {
  it.each([
    ['right if that exists', 'exists', true, false],
    ['right if none was asked for', 'unanswered', true, false],
    ['wrong if that is denied', 'denied', false, true],
  ] as const)('%s', (_, below, right, wrong) => {
    const witness = witnessWith({ below });
    expect([isRight(witness), isWrong(witness)]).toEqual([right, wrong]);
  });
});

describe('a witness that was sent at place 10 and came back at place 20 covers a finding', () => {
  it.each([
    ['that was sent and answered before', 9, 19, true],
    ['not if the last query of the finding was sent with it', 10, 19, false],
    ['not if the last query of the finding was sent after it', 11, 19, false],
    ['not if the reply of the finding came with it', 9, 20, false],
    ['not if the reply of the finding came after it', 9, 21, false],
  ])('%s', (_, last, received, isCovered) => {
    expect(covers(witnessWith(), { first: 1, last, received })).toBe(isCovered);
  });
});
