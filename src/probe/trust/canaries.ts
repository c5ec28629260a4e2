import type { Answer } from '../../dns/resolver/resolver.js';
import type { Question } from '../../dns/wire/query.js';
import type { Random } from '../../util/random.js';
import type { Sleeper } from '../../util/sleeper.js';
import { randomNameUnder, readCanary, showsDelegation, similarName } from './canary.js';
import type { KnownServer, Standing } from './standing.js';
import { isListed } from './suffix.js';
import { type Canary, createWitness, existence, provesSuffix, type Witness } from './witness.js';

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
/** The most other names below the suffix that are asked for if the control is denied. */
const maximumOthers = 4;
/** The most names in the form of a candidate that one witness asks for. */
const similarNames = 4;
/** The number of them that have no answer after which no other one is asked for. */
const maximumFailures = 2;
/** The failure of a canary whose reply is no longer waited for. */
const notYet = 'no reply yet';
/** Milliseconds to wait for a name in the form of a candidate. */
const similarWait = 1000;
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

  /**
   * Asks for random names in the form of a candidate until one is denied. A short one may exist by chance, so those that exist
   * count only if there is none that does not, and those that are delegated never do.
   *
   * @returns undefined if there is no candidate, or if none of them tells anything.
   */
  const askSimilar = async (
    { suffixName, server, names }: Standing,
    askedRandom: Promise<Canary>,
  ): Promise<Canary | undefined> => {
    const word = names.sample.slice(0, -suffixName.length - 1);
    if (word === '') return undefined;
    let existing: Canary | undefined;
    let failures = 0;
    for (let turn = 0; turn < similarNames; turn++) {
      const name = similarName(word, suffixName, random);
      const canary = await Promise.race([askBelow(name, server.url), tooSlow(name, similarWait)]);
      if ('failure' in canary.reply) {
        // It may exist by chance, and its own name servers may be dead, so another one is asked for.
        if (++failures === maximumFailures) return existing;
        continue;
      }
      // One that existed before, and does not exist now, was made up.
      if (!exists(canary))
        return existing && !exists(await askBelow(existing.name, server.url)) ? existing : canary;
      // If even a long name exists, no other one is needed.
      if (exists(await askedRandom)) return canary;
      const { outcome } = await askServer({ name, type: 'NS' }, server.url);
      if (!('reply' in outcome && showsDelegation(outcome.reply, suffixName))) existing = canary;
    }
    return existing;
  };

  /**
   * Asks for the suffix, the root, or a name whose existence proves the suffix. The type is NS, because servers that make up
   * addresses answer truthfully for other types.
   */
  const askControl = async (name: string, server: string, tries?: number): Promise<Canary> => ({
    name,
    reply: readCanary(await askServer({ name, type: 'NS' }, server, tries)),
  });

  /** Asks for a name below the suffix, with the type of the candidates: a filter may concern no other type. */
  const askBelow = async (name: string, server: string): Promise<Canary> => ({
    name,
    reply: readCanary(await askServer({ name, type: 'A' }, server)),
  });

  /** Asks for the suffix, and keeps the names of its own name servers below it. */
  const askSuffix = async (standing: Standing, tries?: number): Promise<Canary> => {
    const { server, suffixName: name } = standing;
    const answer = await askServer({ name, type: 'NS' }, server.url, tries);
    const { serverNames = [] } = 'reply' in answer.outcome ? answer.outcome.reply : {};
    standing.serverNames = serverNames.filter((each) => each.endsWith(`.${name}`));
    return { name, reply: readCanary(answer) };
  };

  /** Asks for a name that nearly every top-level domain has. An answer shows that names below the suffix are answered. */
  const askCommon = async (standing: Standing): Promise<void> => {
    const { suffixName, server } = standing;
    const canary = await askBelow(`${commonLabels[0]}.${suffixName}`, server.url);
    if (exists(canary)) standing.answered ??= canary.name;
  };

  /**
   * Looks for another name that exists below the suffix, as the control is denied: it may have been deleted, or blocked alone.
   *
   * @returns the control that counts, and the canary of the suffix if all others are denied, too.
   */
  const findOther = async (standing: Standing, control: Canary): Promise<readonly [Canary, Canary?]> => {
    const { server, names } = standing;
    const known = [...names.existing, ...standing.serverNames].slice(0, maximumOthers);
    const others = known.filter((name) => name !== control.name);
    const found = await Promise.all(others.map((name) => askBelow(name, server.url)));
    const other = found.find(exists);
    if (other === undefined) return [control, await askSuffix(standing)];
    standing.controlName = other.name;
    return [other];
  };

  /** Stands for a control that takes too long: a stub resolver may look for a single label in the local network for seconds. */
  const tooSlow = async (name: string, milliseconds: number): Promise<Canary> => {
    await sleeper.sleep(milliseconds);
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
    const isSuffix = name === suffixName;
    const askedControl = isSuffix
      ? askSuffix(standing, isSuspect ? singleLabelTries : undefined)
      : askBelow(name, server.url);
    const askedRandom = askRandom(standing);
    const askedSimilar = askSimilar(standing, askedRandom);
    if (isSuffix && standing.schedule.asked === 1 && isListed(suffixName)) void askCommon(standing);
    const made = await askedRandom;
    const similar = await askedSimilar;
    const isProven = isSuspect && provesSuffix(suffixName, made.reply);
    const control = await (isProven
      ? Promise.race([askedControl, tooSlow(name, singleLabelWait)])
      : askedControl);
    if (name === suffixName && exists(control)) standing.hasSuffix = true;
    const isDoubtful = isSuspect && !exists(control) && 'exists' in made.reply;
    const isBelowDenied = !isSuffix && isDenied(control);
    const [other, suffix] = isBelowDenied ? await findOther(standing, control) : [control];
    const trusted = isDoubtful ? await replace(standing, control, made) : other;
    if (standing.hasSuffix && 'failure' in control.reply && isSuspect) {
      // The server only failed for a moment. Both canaries must be of the same time, but a lie that the first one has met still counts.
      const again = await askWitness(standing);
      return exists(made) || (similar && exists(similar)) ? { ...again, random: 'exists' } : again;
    }
    // A witness that rests on another control begins with that one, unless the denial of the random name proves the suffix.
    const first = trusted && !provesSuffix(suffixName, made.reply) ? trusted : control;
    const randoms = similar ? ([made, similar] as const) : ([made] as const);
    // Names in the form of a candidate are asked for one after the other, and the last one may be late.
    const begun = Math.max(sentAt(first), sentAt(made));
    const witness = createWitness(suffixName, randoms, trusted, asked, nextPlace(), begun);
    return suffix ? { ...witness, suffix: existence(suffix.reply) } : witness;
  };

  return { askWitness, askRoot };
}

/** The place of the query that was answered; 0 if none was. */
const sentAt = ({ reply }: Canary): number => ('failure' in reply ? 0 : reply.sent);

const isSlow = ({ reply }: Canary): boolean => 'failure' in reply && reply.failure === notYet;

const isDenied = ({ reply }: Canary): boolean => 'exists' in reply && !reply.exists;

const exists = ({ reply }: Canary): boolean => 'exists' in reply && reply.exists;
