import { describe, expect, it } from 'vitest';
import { createPauses } from '../../../src/dns/resolver/pauses.js';
import { pendingQuestion } from './fakes.js';

describe('pauses', () => {
  it('are none at first', () => {
    const pauses = createPauses();
    expect([pauses.count(), pauses.end(1e9)]).toEqual([0, []]);
  });

  it('end at their time, and not before', () => {
    const [early, late] = [pendingQuestion('early.dev'), pendingQuestion('late.dev')];
    const pauses = createPauses();
    pauses.add(late, 200);
    pauses.add(early, 100);
    expect([pauses.end(99), pauses.count()]).toEqual([[], 2]);
    expect([pauses.end(100), pauses.count()]).toEqual([[early], 1]);
    expect([pauses.end(200), pauses.count()]).toEqual([[late], 0]);
  });

  it('end without a question that has been answered in the meantime', () => {
    const pauses = createPauses();
    const answered = pendingQuestion();
    pauses.add(answered, 100);
    answered.isSettled = true;
    expect([pauses.end(100), pauses.count()]).toEqual([[], 0]);
  });

  it('are dropped when the list is cleared', () => {
    const pauses = createPauses();
    pauses.add(pendingQuestion(), 100);
    pauses.clear();
    expect([pauses.count(), pauses.end(100)]).toEqual([0, []]);
  });
});
