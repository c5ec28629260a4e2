import { createDispatcher } from '../../../src/dns/resolver/dispatcher.js';
import type { PendingQuestion, ServerPolicy } from '../../../src/dns/resolver/question.js';
import type { SelectableQuestion } from '../../../src/dns/resolver/selector/selector.js';
import type { Random } from '../../../src/util/random.js';
import { openFakeRun, pendingQuestion } from './fakes.js';

/** Creates a dispatcher that sends all questions to the first of two servers, and records what it does. */
export function recordingDispatcher(rate?: number, random?: Random) {
  const fakes = openFakeRun({ rate, random });
  const { run, upstream, turns } = fakes;
  /** The questions that no upstream may be sent now, and those that none is left for. */
  const waiting = new Set<SelectableQuestion>();
  const exhausted = new Set<SelectableQuestion>();
  const sent: string[] = [];
  /** For each name that was sent, the turn of the event loop. */
  const sentIn: number[] = [];
  const failed: string[] = [];
  let drained = 0;
  let choices = 0;
  const dispatcher = createDispatcher(
    run,
    [upstream(1), upstream(2)],
    {
      choose(question) {
        choices++;
        return waiting.has(question) || exhausted.has(question) ? undefined : upstream(1);
      },
      hasOther: () => false,
      isExhausted: (question) => exhausted.has(question),
    },
    {
      send(pending, to, now) {
        sent.push(pending.question.name);
        sentIn.push(turns());
        run.send(pending, to, now);
      },
      fail: ({ question }) => void failed.push(question.name),
      drained: () => void drained++,
    },
  );
  /** Adds a new question. */
  const enqueue = (name: string, policy?: ServerPolicy): PendingQuestion => {
    const pending = pendingQuestion(name, policy);
    dispatcher.enqueue(pending);
    return pending;
  };
  return {
    ...fakes,
    dispatcher,
    enqueue,
    sent,
    sentIn,
    failed,
    waiting,
    exhausted,
    drained: () => drained,
    /** How often an upstream was chosen, or none found. */
    choices: () => choices,
  };
}

/** Counts equal numbers that follow each other. */
export function runLengths(numbers: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts.values()];
}
