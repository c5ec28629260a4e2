import { describe, expect, it } from 'vitest';
import { type Decision, decide, type Others } from '../../../src/probe/trust/decision.js';
import type { Grade, Standing, Trouble } from '../../../src/probe/trust/standing.js';
import { knowing, standingAfter, standingOfGrade } from './standings.js';

const second = 'udp://192.0.2.2:53';

const othersWith = (standings: readonly Standing[], changes: Partial<Others> = {}): Others => ({
  standings,
  areSomeUnheard: false,
  areMany: false,
  isListed: false,
  isPrivate: false,
  ...changes,
});

/** What is decided about a finding of a server, beside another one of a grade. */
function decideBeside(
  trouble: Trouble,
  own: Standing,
  other: Standing | undefined,
  changes?: Partial<Others>,
) {
  return decide(own, trouble, othersWith(other ? [own, other] : [own], changes), 3);
}

/** The grade of a server whose findings have this trouble. */
const grades: Readonly<Record<Trouble, Grade>> = {
  changed: 'changed',
  denied: 'denying',
  filtered: 'filtering',
  wildcard: 'wildcard',
  'no suffix': 'unanswered',
  'no random': 'unanswered',
};

const allTroubles = ['changed', 'denied', 'filtered', 'wildcard', 'no suffix', 'no random'] as const;

describe('a finding that is not believed', () => {
  it.each(allTroubles)('is asked for at a server that is good (%s)', (trouble) => {
    const own = standingOfGrade(grades[trouble]);
    expect(decideBeside(trouble, own, standingOfGrade('good', second))).toBe('elsewhere');
    expect(decideBeside(trouble, own, standingOfGrade('good', second), { areSomeUnheard: true })).toBe(
      'elsewhere',
    );
  });

  it.each(allTroubles)('waits as long as somebody is to be heard who may be better (%s)', (trouble) => {
    const own = standingOfGrade(grades[trouble]);
    expect(decideBeside(trouble, own, undefined, { areSomeUnheard: true })).toBe('wait');
  });

  it.each<[Trouble, Decision]>([
    ['changed', 'recover'],
    ['denied', 'unknown'],
    ['filtered', 'unknown'],
    ['wildcard', 'name servers'],
    ['no suffix', 'unknown'],
    ['no random', 'unknown'],
  ])('of the only server ends as it must (%s): %s', (trouble, decision) => {
    expect(decideBeside(trouble, standingOfGrade(grades[trouble]), undefined)).toBe(decision);
  });

  it.each(allTroubles)('is not asked for at the same server as at a better one (%s)', (trouble) => {
    const own = standingOfGrade('good');
    expect(decideBeside(trouble, own, undefined)).not.toBe('elsewhere');
  });

  it.each<[Trouble, Grade, boolean]>([
    ['denied', 'wildcard', true],
    ['no suffix', 'wildcard', true],
    ['no random', 'wildcard', true],
    ['wildcard', 'wildcard', false],
    ['denied', 'denying', false],
    ['no suffix', 'denying', false],
    ['no random', 'denying', false],
    ['denied', 'unanswered', false],
    ['no suffix', 'unanswered', false],
    ['no random', 'unanswered', false],
    ['denied', 'changed', false],
    ['no suffix', 'changed', false],
    ['no random', 'changed', false],
    ['filtered', 'filtering', false],
    ['filtered', 'denying', false],
    ['filtered', 'unanswered', false],
    ['filtered', 'wildcard', true],
    ['wildcard', 'changed', true],
    ['changed', 'wildcard', false],
    ['changed', 'denying', false],
  ])(
    'with the trouble "%s" beside a server that is %s is asked for there: %s',
    (trouble, grade, isElsewhere) => {
      const decision = decideBeside(
        trouble,
        standingOfGrade(grades[trouble]),
        standingOfGrade(grade, second),
      );
      expect(decision === 'elsewhere').toBe(isElsewhere);
    },
  );

  it('about the suffix is asked for at a server that has the suffix, whatever it says about random names', () => {
    const other = standingAfter([{ random: 'unanswered' }], second);
    expect(decideBeside('no suffix', standingOfGrade('unanswered'), other)).toBe('elsewhere');
    expect(decideBeside('denied', standingOfGrade('denying'), other)).toBe('elsewhere');
    expect(decideBeside('no random', standingOfGrade('unanswered'), other)).toBe('unknown');
  });

  it('about the suffix is not asked for at a server that has changed its mind about random names', () => {
    const other = standingAfter([{}, { random: 'exists' }], second);
    expect(decideBeside('no suffix', standingOfGrade('unanswered'), other)).toBe('unknown');
  });

  it('about the random name is not asked for at a wildcard if another server has denied random names', () => {
    const [own, wildcard] = [standingOfGrade('unanswered'), standingOfGrade('wildcard', second)];
    const changed = standingOfGrade('changed', 'udp://192.0.2.3:53');
    expect(decide(own, 'no random', othersWith([own, wildcard, changed]), 3)).toBe('unknown');
  });

  it('of a wildcard is asked for elsewhere only at a server that was right itself', () => {
    const [own, other] = [standingOfGrade('wildcard'), standingOfGrade('wildcard', second)];
    const changed = standingOfGrade('changed', 'udp://192.0.2.3:53');
    expect(decide(own, 'wildcard', othersWith([own, other]), 3)).toBe('name servers');
    expect(decide(own, 'wildcard', othersWith([own, other, changed]), 3)).toBe('elsewhere');
  });
});

describe('a server that has changed its mind', () => {
  const wrongTimes = (count: number) =>
    standingAfter([{}, ...new Array<{ suffix: 'denied' }>(count).fill({ suffix: 'denied' })]);

  it.each([
    [1, 'recover'],
    [2, 'recover'],
    [3, 'unknown'],
    [4, 'unknown'],
  ])('is tested again until it has had three tries: after %i, it is "%s"', (count, decision) => {
    expect(decideBeside('changed', wrongTimes(count), undefined)).toBe(decision);
  });
});

describe('a dispute about the suffix', () => {
  it('makes a name unknown that the denier was asked for, although the other server is good', () => {
    expect(decideBeside('denied', knowing('denying'), knowing('good', second))).toBe('unknown');
  });

  it.each([
    ['waits while the denier is being tested once more', 1, 2, 'wait'],
    ['is settled if the denier is not being tested', 0, 2, 'unknown'],
    ['is settled if the denier has denied it three times', 1, 3, 'unknown'],
  ])('%s', (_, inFlight, taken, decision) => {
    const denier = knowing('denying');
    denier.schedule.inFlight = inFlight;
    denier.epoch.taken = taken;
    expect(decideBeside('denied', denier, knowing('good', second))).toBe(decision);
  });

  it('makes a name unknown that a wildcard was asked for', () => {
    expect(decideBeside('wildcard', knowing('wildcard'), knowing('denying', second))).toBe('unknown');
  });

  it('does not concern a name whose server has no answer about random names', () => {
    const [own, good] = [standingOfGrade('unanswered'), knowing('good', second)];
    const denier = knowing('denying', 'udp://192.0.2.3:53');
    expect(decide(own, 'no random', othersWith([own, good, denier]), 3)).toBe('elsewhere');
  });
});
