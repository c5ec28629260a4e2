import type { Random } from '../../util/random.js';
import type { Sleeper } from '../../util/sleeper.js';
import { type AskServer, randomNameUnder, readCanary } from './canary.js';
import { createForms, type Forms } from './forms.js';
import type { KnownServer, Standing } from './standing.js';
import { isListed } from './suffix.js';
import {
  type Canary,
  createWitness,
  existence,
  exists,
  isDenied,
  provesSuffix,
  type Witness,
} from './witness.js';

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
  /** Tests the form of a name. */
  readonly askForm: Forms['askForm'];
  /** Finds out whether a server knows the root. Each server is asked once. */
  askRoot(server: KnownServer): Promise<void>;
}

/** Labels of names that exist under nearly every top-level domain. ICANN requires `nic` under each newer one. */
const commonLabels = ['nic', 'google'] as const;
/** Tries of a control that is a single label: some stub resolvers deny or refuse all single labels. */
const singleLabelTries = 2;
/** The most other names below the suffix that are asked for if the control is denied. */
const maximumOthers = 4;
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

  const { testSample, askForm } = createForms({ askServer, random, askRandom });

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
    const isSuffix = name === suffixName;
    const askedControl = isSuffix
      ? askSuffix(standing, isSuspect ? singleLabelTries : undefined)
      : askBelow(name, server.url);
    const askedRandom = askRandom(standing);
    const askedSimilar = testSample(standing, askedRandom);
    if (isSuffix && standing.schedule.asked === 1 && isListed(suffixName)) void askCommon(standing);
    const made = await askedRandom;
    const similar = await askedSimilar;
    const isProven = isSuspect && provesSuffix(suffixName, made.reply);
    const control = await (isProven ? Promise.race([askedControl, tooSlow(name)]) : askedControl);
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
    const begun = Math.max(sentAt(first), ...randoms.map(sentAt));
    const witness = createWitness(suffixName, randoms, trusted, asked, nextPlace(), begun);
    return suffix ? { ...witness, suffix: existence(suffix.reply) } : witness;
  };

  return { askWitness, askForm, askRoot };
}

/** The place of the query that was answered; 0 if none was. */
const sentAt = ({ reply }: Canary): number => ('failure' in reply ? 0 : reply.sent);

const isSlow = ({ reply }: Canary): boolean => 'failure' in reply && reply.failure === notYet;
