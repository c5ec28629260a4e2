import type { Answer } from '../../dns/resolver/resolver.js';
import type { Question } from '../../dns/wire/query.js';
import type { Random } from '../../util/random.js';
import type { Sleeper } from '../../util/sleeper.js';
import { randomNameUnder, readCanary } from './canary.js';
import type { KnownServer, Standing } from './standing.js';
import { isListed } from './suffix.js';
import { type Canary, createWitness, provesSuffix, type Witness } from './witness.js';

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

/** Asks the questions whose answers are known beforehand. */
export interface Canaries {
  /** Asks the canaries of one server and suffix. */
  askWitness(standing: Standing): Promise<Witness>;
  /** Finds out whether a server knows the root. Each server is asked once. */
  askRoot(server: KnownServer): Promise<void>;
}

/** Labels of names that exist under nearly every top-level domain. ICANN requires `nic` under each newer one. */
const commonLabels = ['nic', 'google'] as const;
/** Tries of a control that is a single label: some stub resolvers deny or refuse all single labels. */
const singleLabelTries = 2;
/** The failure of a canary whose reply is no longer waited for. */
const notYet = 'no reply yet';
/** Milliseconds to wait for a single label after a denial of the random name that proves the suffix. */
const singleLabelWait = 250;

/** Creates the canaries. */
export function createCanaries({ askServer, random, sleeper, nextPlace }: CanaryOptions): Canaries {
  /** The questions about the root, by the servers that they were sent to. */
  const roots = new Map<KnownServer, Promise<void>>();

  const askRandom = async ({ suffixName, server }: Standing): Promise<Canary> => {
    const name = randomNameUnder(suffixName, random);
    return { name, reply: readCanary(await askServer({ name, type: 'A' }, server.url)) };
  };

  /** Asks for a name that exists. The type is NS, because servers that make up addresses answer truthfully for other types. */
  const askControl = async (name: string, server: string, tries?: number): Promise<Canary> => ({
    name,
    reply: readCanary(await askServer({ name, type: 'NS' }, server, tries)),
  });

  /** Stands for a control that takes too long: a stub resolver may look for a single label in the local network for seconds. */
  const tooSlow = async (name: string): Promise<Canary> => {
    await sleeper.sleep(singleLabelWait);
    return { name, reply: { failure: notYet } };
  };

  const findRoot = async (server: KnownServer): Promise<void> => {
    const { reply } = await askControl('', server.url);
    if ('failure' in reply) server.rootFailure = reply.failure;
    else server.knowsRoot = reply.exists;
  };

  const askRoot = (server: KnownServer): Promise<void> => {
    const asked = roots.get(server) ?? findRoot(server);
    roots.set(server, asked);
    return asked;
  };

  /**
   * Looks for another control if the suffix, a single label, is denied or refused: some stub resolvers do that to all single
   * labels. Under a top-level domain in the list of IANA, common names exist. Without one, the denial of the random name proves
   * the suffix as well if it comes from the zone of the suffix (RFC 2308 section 3). It does not if the denial of the suffix itself
   * names that zone, too, or if the server denies the root.
   *
   * @returns the control that counts; undefined if the denial of the random name takes its place.
   */
  const replace = async (standing: Standing, control: Canary, made: Canary): Promise<Canary | undefined> => {
    const { server, suffixName } = standing;
    const labels = isListed(suffixName) ? commonLabels : [];
    const [found] = await Promise.all([
      Promise.all(labels.map((label) => askControl(`${label}.${suffixName}`, server.url))),
      askRoot(server),
    ]);
    const isContradictory = provesSuffix(suffixName, control.reply) || server.knowsRoot === false;
    const isProven = provesSuffix(suffixName, made.reply) && !isContradictory;
    const other = found.find(exists);
    if (other === undefined && isProven) {
      standing.hasDenied ||= isDenied(control);
      return undefined;
    }
    if (other === undefined) {
      if (!('failure' in control.reply)) return control;
      const last = await askControl(suffixName, server.url);
      if (exists(last)) standing.hasSuffix = true;
      return last;
    }
    if (isSlow(control)) {
      standing.controlName = other.name;
      return other;
    }
    // If the denial was a lie that is over by now, the server answers for the suffix this time.
    const again = await askControl(suffixName, server.url, singleLabelTries);
    if (exists(again)) standing.hasSuffix = true;
    if (exists(again) || isDenied(again) !== isDenied(control)) return control;
    standing.controlName = other.name;
    return other;
  };

  const askWitness = async (standing: Standing): Promise<Witness> => {
    const { suffixName, server, controlName: name, hasSuffix } = standing;
    const asked = nextPlace();
    const isSuspect = name === suffixName && !suffixName.includes('.') && !hasSuffix;
    const askedControl = askControl(name, server.url, isSuspect ? singleLabelTries : undefined);
    const made = await askRandom(standing);
    const isProven = isSuspect && provesSuffix(suffixName, made.reply);
    const control = await (isProven ? Promise.race([askedControl, tooSlow(name)]) : askedControl);
    if (name === suffixName && exists(control)) standing.hasSuffix = true;
    const isDoubtful = isSuspect && !exists(control) && 'exists' in made.reply;
    const trusted = isDoubtful ? await replace(standing, control, made) : control;
    if (standing.hasSuffix && 'failure' in control.reply && isSuspect) {
      // The server only failed for a moment. Both canaries must be of the same time, but a lie that the first one has met still counts.
      const again = await askWitness(standing);
      return exists(made) ? { ...again, random: 'exists' } : again;
    }
    // A witness that rests on another control begins with that one, unless the denial of the random name proves the suffix.
    const first = trusted && !provesSuffix(suffixName, made.reply) ? trusted : control;
    const begun = Math.max(sentAt(first), sentAt(made));
    return createWitness(suffixName, made, trusted, asked, nextPlace(), begun);
  };

  return { askWitness, askRoot };
}

/** The place of the query that was answered; 0 if none was. */
const sentAt = ({ reply }: Canary): number => ('failure' in reply ? 0 : reply.sent);

const isSlow = ({ reply }: Canary): boolean => 'failure' in reply && reply.failure === notYet;

const isDenied = ({ reply }: Canary): boolean => 'exists' in reply && !reply.exists;

const exists = ({ reply }: Canary): boolean => 'exists' in reply && reply.exists;
