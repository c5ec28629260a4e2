import { takeWitness } from '../../../src/probe/trust/epoch.js';
import {
  createKnownServer,
  createStanding,
  type Grade,
  type Standing,
} from '../../../src/probe/trust/standing.js';
import type { Witness } from '../../../src/probe/trust/witness.js';

/** Creates a witness that is right, but for some changes. Its first query has place 10, and its first reply place 20. */
export const witnessWith = (changes: Partial<Witness> = {}): Witness => ({
  suffix: 'exists',
  random: 'denied',
  below: 'unanswered',
  begun: 1,
  sent: 10,
  received: 20,
  failure: '',
  evidence: ['dev exists', 'random.dev does not exist'],
  ...changes,
});

/** The witnesses that give a server each grade, as far as they differ from one that is right. */
const histories: Readonly<Record<Grade, readonly Partial<Witness>[]>> = {
  good: [{}],
  wildcard: [{ random: 'exists' }],
  denying: [{ suffix: 'denied' }],
  filtering: [{ below: 'denied' }],
  changed: [{}, { suffix: 'denied' }],
  unheard: [],
  unanswered: [{ suffix: 'unanswered', random: 'unanswered' }],
};

/** Creates a standing that has had some witnesses, each given by how it differs from one that is right. */
export function standingAfter(
  witnesses: readonly Partial<Witness>[],
  url = 'udp://192.0.2.1:53',
  suffixName = 'dev',
): Standing {
  const standing = createStanding(createKnownServer(url), suffixName);
  for (const changes of witnesses) takeWitness(standing.epoch, witnessWith(changes));
  return standing;
}

/** Creates a standing of a grade. */
export const standingOfGrade = (grade: Grade, url?: string, suffixName?: string): Standing =>
  standingAfter(histories[grade], url, suffixName);

/** Creates a standing of a grade, of a server that knows the root. */
export function knowing(grade: Grade, url?: string, suffixName?: string): Standing {
  const standing = standingOfGrade(grade, url, suffixName);
  standing.server.knowsRoot = true;
  return standing;
}
