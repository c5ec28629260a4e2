import type { Answer } from '../../dns/resolver/resolver.js';
import type { Question } from '../../dns/wire/query.js';
import type { Random } from '../../util/random.js';
import type { Sleeper } from '../../util/sleeper.js';
import { randomNameUnder, readCanary } from './canary.js';
import type { KnownServer, Standing } from './standing.js';
import { isListed } from './suffix.js';
import { type Canary, createWitness, provesSuffix, type Witness } from './witness.js';

/** Asks one server alone. */
export type AskServer = (question: Question, server: string, tries?: number) => Promise<Answer>;

/** How canaries are asked. */
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
  /** Finds out whether a server knows the root. It is asked once. */
  askRoot(server: KnownServer): Promise<void>;
}

/** Labels under which nearly every top-level domain has a name. ICANN requires the first one of the newer domains. */
const commonLabels = ['nic', 'google'] as const;
/** Tries for the question about a single label, which some stub resolvers keep to themselves, denying or refusing it. */
const singleLabelTries = 2;
/** Why a canary has no reply that is not waited for, in words. */
const slowly = 'no reply yet';
/** Milliseconds that a single label is waited for after the denial of the random name, if that proves the suffix. */
const singleLabelWait = 250;

/** Creates the canaries. */
export function createCanaries({ askServer, random, sleeper, nextPlace }: CanaryOptions): Canaries {
  /** The questions about the root, by the servers that they were sent to. */
  const roots = new Map<KnownServer, Promise<void>>();

  const askRandom = async ({ suffixName, server }: Standing): Promise<Canary> => {
    const name = randomNameUnder(suffixName, random);
    return { name, reply: readCanary(await askServer({ name, type: 'A' }, server.url)) };
  };

  /** NS: a server that makes up addresses leaves other types alone. */
  const askControl = async (name: string, server: string, tries?: number): Promise<Canary> => ({
    name,
    reply: readCanary(await askServer({ name, type: 'NS' }, server, tries)),
  });

  /** Stands for a canary that is not waited for: a stub resolver may look for a single label in its neighbourhood for seconds. */
  const tooSlow = async (name: string): Promise<Canary> => {
    await sleeper.sleep(singleLabelWait);
    return { name, reply: { failure: slowly } };
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
   * labels. A top-level domain in the list of IANA has names that exist. Or the denial of the random name comes from the zone of the
   * suffix, which proves it as well (RFC 2308 section 3), unless even the denial of the suffix says so, or the root is denied.
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
    // A lie that is over by now looks the same, but for this.
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
      // The server only failed for a moment: both canaries must be of the same time, but what the first one has shown counts, too.
      const again = await askWitness(standing);
      return exists(made) ? { ...again, random: 'exists' } : again;
    }
    // Before another control was asked, nothing but such a proof would have shown that the server denies everything.
    const first = trusted && !provesSuffix(suffixName, made.reply) ? trusted : control;
    const begun = Math.max(sentAt(first), sentAt(made));
    return createWitness(suffixName, made, trusted, asked, nextPlace(), begun);
  };

  return { askWitness, askRoot };
}

/** The place of the query that was answered; 0 if none was. */
const sentAt = ({ reply }: Canary): number => ('failure' in reply ? 0 : reply.sent);

const isSlow = ({ reply }: Canary): boolean => 'failure' in reply && reply.failure === slowly;

const isDenied = ({ reply }: Canary): boolean => 'exists' in reply && !reply.exists;

const exists = ({ reply }: Canary): boolean => 'exists' in reply && reply.exists;
