import { describe, expect, it } from 'vitest';
import type { PendingQuestion } from '../../../src/dns/resolver/question.js';
import { createQueue } from '../../../src/dns/resolver/queue.js';
import { openFakeRun, pendingQuestion } from './fakes.js';

/** Creates a question: a small letter stands for a new one, a capital for one that is asked again, a digit for a priority question. */
function questionFor(letter: string): PendingQuestion {
  const pending = pendingQuestion(letter, /\d/.test(letter) ? { only: 'udp://192.0.2.1:53' } : undefined);
  const { run, upstream } = openFakeRun();
  if (/[A-Z]/.test(letter)) run.send(pending, upstream(1), 0);
  return pending;
}

/**
 * Creates a queue of questions, which arrive in this order.
 *
 * @param turns whose turn it is each time that both kinds wait: a small letter for a new question, a capital for one that is asked
 * again. By default, it is a new question's.
 */
function queueOf(letters: string, turns = '') {
  const left = [...turns];
  // The halves in which a fraction falls, each at its end.
  const queue = createQueue({ fraction: () => (/[A-Z]/.test(left.shift() ?? 'a') ? 0.5 : 0.4999) });
  for (const letter of letters) queue.add(questionFor(letter));
  return queue;
}

/** Offers the questions of a queue, refuses some, and returns those that were offered. */
function offered(queue: ReturnType<typeof queueOf>, refused = ''): string {
  let letters = '';
  queue.offer(({ question: { name } }) => {
    letters += name;
    return !refused.includes(name);
  });
  return letters;
}

describe('a queue', () => {
  it('offers new questions and those that are asked again in random turn, both in order of arrival', () => {
    expect(offered(queueOf('abcRST', 'aRSb'))).toBe('aRSbcT');
    expect(offered(queueOf('abcRST', 'RST'))).toBe('RSTabc');
  });

  it('offers all questions of one kind if there are none of the other', () => {
    expect(offered(queueOf('abc', 'RST'))).toBe('abc');
    expect(offered(queueOf('RST', 'abc'))).toBe('RST');
  });

  it('offers no new question after one was refused, but those that are asked again', () => {
    const queue = queueOf('abRS');
    expect(offered(queue, 'a')).toBe('aRS');
    expect(offered(queue)).toBe('ab');
  });

  it('offers no question that is asked again after one was refused, but new ones', () => {
    const queue = queueOf('abRS', 'R');
    expect(offered(queue, 'R')).toBe('Rab');
    expect(offered(queue)).toBe('RS');
  });

  it('offers priority questions before all other questions, even if one is refused', () => {
    const queue = queueOf('aR1b2');
    expect(offered(queue, '1')).toBe('12abR');
    expect(offered(queue)).toBe('1');
  });

  it('offers a refused priority question before those that were added in the meantime', () => {
    const queue = queueOf('1');
    queue.offerNewPriority(() => {
      queue.add(questionFor('2'));
      return false;
    });
    expect(offered(queue)).toBe('12');
  });

  it('offers new priority questions alone on demand, and refused ones with the other questions', () => {
    const queue = queueOf('a1R');
    expect(offered(queue, '1')).toBe('1aR');
    queue.add(questionFor('2'));
    const names: string[] = [];
    queue.offerNewPriority(({ question: { name } }) => {
      names.push(name);
      return true;
    });
    expect([names, queue.hasPriority(), offered(queue)]).toEqual([['2'], true, '1']);
  });

  it('says whether it has a priority question', () => {
    expect(queueOf('aR').hasPriority()).toBe(false);
    expect(queueOf('aR1').hasPriority()).toBe(true);
  });

  it.each(['', 'a', 'R', '1', 'aR', 'a1', 'R1'])('is empty if it has no question: it has "%s"', (letters) => {
    const queue = queueOf(letters);
    expect(queue.isEmpty()).toBe(letters === '');
    offered(queue);
    expect(queue.isEmpty()).toBe(true);
  });

  it('drops all questions when it is cleared', () => {
    const queue = queueOf('aR1');
    queue.clear();
    expect([queue.isEmpty(), queue.hasPriority(), offered(queue)]).toEqual([true, false, '']);
  });
});
