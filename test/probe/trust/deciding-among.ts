import { createDeciding } from '../../../src/probe/trust/deciding.js';
import type { Grade, Standing, Trouble } from '../../../src/probe/trust/standing.js';
import { createSuffix } from '../../../src/probe/trust/suffix.js';
import { createEvent } from '../../../src/util/event.js';
import { findingWith } from '../making.js';
import { knowing, witnessWith } from './standings.js';

export const urlOf = (index: number) => `udp://192.0.2.${index + 1}:53`;

interface Played {
  /** Whether names are still being asked for until the test ends that. */
  readonly isBusy?: boolean;
  /** Whether it is not known which servers know the root. */
  readonly areRootsUnknown?: boolean;
  /** Is called when a server that has changed its mind is tested again. */
  readonly recover?: (standing: Standing) => void;
}

/** Decides about findings of the first of some servers, each of which has a grade under the suffix. */
export function decidingAmong(
  grades: readonly Grade[],
  suffixName = 'example',
  serverCount = grades.length,
  played: Played = {},
) {
  const standings = grades.map((grade, index) => knowing(grade, urlOf(index), suffixName));
  const unasked = Array.from({ length: serverCount - grades.length }, (_, index) =>
    knowing('unheard', urlOf(grades.length + index), suffixName),
  );
  const servers = [...standings, ...unasked].map(({ server }) => server);
  const suffix = createSuffix(suffixName, servers, () => {});
  for (const standing of standings) suffix.standings.set(standing.server.url, standing);
  const [standing] = standings;
  if (standing === undefined) throw new Error('Expected a server');
  const calls: string[] = [];
  const notes: string[] = [];
  const topics: (string | undefined)[] = [];
  const busy = createEvent();
  const deciding = createDeciding({
    tries: 3,
    testing: {
      test: async ({ controlName }: Standing) => void calls.push(`test ${controlName}`),
      busy: () => (played.isBusy ? busy.next() : undefined),
    },
    consultation: {
      consult: async () => void calls.push('consult'),
      areRootsKnown: () => !played.areRootsUnknown,
      async recover(_suffix, recovering) {
        calls.push('recover');
        played.recover?.(recovering);
      },
    },
    note(message, topic) {
      notes.push(message);
      topics.push(topic);
    },
  });
  const decideAbout = (trouble: Trouble, round = 1) =>
    deciding.decideAbout(suffix, round, {
      finding: findingWith(),
      standing,
      trouble,
      witness: witnessWith({ failure: 'no reply' }),
    });
  return { deciding, suffix, standing, decideAbout, calls, notes, topics, endBusy: busy.emit };
}

export const unknownBecause = (reason: string) => ({ reviewed: { verdict: { status: 'unknown', reason } } });
