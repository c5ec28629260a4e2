import { expect } from 'vitest';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { createCanaries } from '../../../src/probe/trust/canaries.js';
import { createKnownServer, createStanding } from '../../../src/probe/trust/standing.js';
import { answerWith, denial, failed, primary, replied } from '../../helpers/answers.js';
import { createSeededRandom } from '../../simulation/random.js';

export const exists = replied({ nameServers: true });
export const denialByDev = replied({ rcode: 'NXDOMAIN', zone: 'dev' });
export const refusal = failed('REFUSED');

/** What a server says about each name; the last outcome of a list counts for all later questions. */
export type Script = Readonly<Record<string, Outcome | readonly Outcome[] | 'never'>>;

/** A standing under a suffix, canaries for it, and what the server was asked: `TYPE NAME`, and the tries if they are few. */
export function canariesFor(suffixName: string, script: Script) {
  const asked: string[] = [];
  const counts = new Map<string, number>();
  let place = 0;
  const outcomeOf = (name: string): Outcome => {
    const known = script[name] ?? denial;
    if (known === 'never' || 'server' in known) return known === 'never' ? denial : known;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return known[Math.min(count, known.length - 1)] ?? denial;
  };
  const waits: (() => void)[] = [];
  const canaries = createCanaries({
    askServer: async ({ name, type }, server, tries) => {
      expect(server).toBe(primary);
      const shown = name.replace(/^[a-z][a-z0-9]{23,39}\./, 'RANDOM.').replace(/^[a-z]\d[a-z]\./, 'SIMILAR.');
      asked.push([type, shown || '.', ...(tries === undefined ? [] : [`${tries} tries`])].join(' '));
      if (script[shown] === 'never') return new Promise(() => {});
      return answerWith(outcomeOf(shown), { sent: ++place, received: ++place });
    },
    random: createSeededRandom(1),
    sleeper: {
      sleep: (milliseconds) => {
        expect([250, 1000]).toContain(milliseconds);
        return new Promise((resolve) => void waits.push(resolve));
      },
    },
    nextPlace: () => ++place,
  });
  const standing = createStanding(createKnownServer(primary), suffixName);
  return { standing, canaries, asked, waits, askWitness: () => canaries.askWitness(standing) };
}
