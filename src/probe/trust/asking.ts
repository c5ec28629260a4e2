import type { Answer } from '../../dns/resolver/resolver.js';
import type { Question } from '../../dns/wire/query.js';
import type { Random } from '../../util/random.js';
import type { Sleeper } from '../../util/sleeper.js';
import { type Canary, readCanary } from './canary.js';

/** Asks a question of one server and no other. */
export type AskServer = (question: Question, server: string, tries?: number) => Promise<Answer>;

/** What the canaries need. */
export interface CanaryOptions {
  readonly askServer: AskServer;
  readonly random: Random;
  readonly sleeper: Pick<Sleeper, 'sleep'>;
  /** Takes the next place in the run's order of events. */
  readonly nextPlace: () => number;
}

/** The failure of a canary whose reply is no longer waited for. */
const notYet = 'no reply yet';

/** Waits for a canary, but not for longer than some milliseconds. */
export const inTime = (
  canary: Promise<Canary>,
  name: string,
  milliseconds: number,
  sleeper: Pick<Sleeper, 'sleep'>,
): Promise<Canary> =>
  Promise.race([
    canary,
    sleeper.sleep(milliseconds, canary).then((): Canary => ({ name, reply: { failure: notYet } })),
  ]);

/** Whether a canary was no longer waited for. */
export const isSlow = ({ reply }: Canary): boolean => 'failure' in reply && reply.failure === notYet;

/** Asks for the address of a name, as for that of a candidate: a filter may concern no other type. */
export const askAddress = async (askServer: AskServer, name: string, server: string): Promise<Canary> => ({
  name,
  reply: readCanary(await askServer({ name, type: 'A' }, server)),
});
