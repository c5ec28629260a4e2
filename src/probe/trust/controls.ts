import { recordAnswer } from '../suspicion.js';
import { askAddress, type CanaryOptions, inTime, isSlow } from './asking.js';
import { type Canary, exists, isDenied, isUnanswered, readCanary } from './canary.js';
import type { AskRoot } from './root.js';
import type { Standing } from './standing.js';
import { isListed } from './suffix.js';
import { type Existence, existence, provesSuffix } from './witness.js';

/** Asks for names that exist: the suffix, or names below it. */
export interface Controls {
  /** Asks for the control of a standing. */
  ask(standing: Standing): AskedControl;
  /**
   * Asks for a name that nearly every top-level domain has, at the first witness. An answer shows that names below the suffix are
   * answered.
   */
  askCommon(standing: Standing): void;
  /**
   * Waits for a control, and looks for another one if it has not come back as it must.
   *
   * @param random the canary of the long random name, whose denial may prove the suffix.
   */
  settle(standing: Standing, asked: AskedControl, random: Canary): Promise<Control>;
}

/** A control that has been asked for. */
export interface AskedControl {
  readonly name: string;
  /** Whether it is a single label that a stub resolver may keep to itself, as far as is known. */
  readonly isSuspect: boolean;
  readonly canary: Promise<Canary>;
}

/** What has come back of a control. */
export interface Control {
  /** The control that was asked for first. */
  readonly first: Canary;
  /** The one that counts; undefined if the denial of the random name takes its place. */
  readonly trusted: Canary | undefined;
  /** What is known of the suffix, if it was asked for because no name below it is answered. */
  readonly suffix?: Existence;
  /** Whether the server has only failed for a moment, as it has the suffix after all. */
  readonly hasRecovered?: boolean;
}

/** Labels of names that exist under nearly every top-level domain. ICANN requires `nic` under each newer one. */
const commonLabels = ['nic', 'google'] as const;
/** Tries of a control that is a single label: some stub resolvers deny or refuse all single labels. */
const singleLabelTries = 2;
/** Milliseconds to wait for a single label after a denial of the random name that proves the suffix. */
const singleLabelWait = 250;
/** The most other names below the suffix that are asked for if the control is denied. */
const maximumOthers = 4;

/** Whether a stub resolver may keep the suffix to itself: it is a single label that has never been answered. */
const mayBeKept = ({ suffixName, hasSuffix }: Standing): boolean => !suffixName.includes('.') && !hasSuffix;

/** Creates the controls. */
export function createControls({ askServer, sleeper }: CanaryOptions, askRoot: AskRoot): Controls {
  /**
   * Asks for the suffix, or for a name whose existence proves the suffix. The type is NS, because servers that make up addresses
   * answer truthfully for other types.
   */
  const askNameServers = async (name: string, server: string, tries?: number): Promise<Canary> => ({
    name,
    reply: readCanary(await askServer({ name, type: 'NS' }, server, tries)),
  });

  /** Asks for the suffix, and keeps the names of its own name servers below it. */
  const askSuffix = async (standing: Standing, tries?: number): Promise<Canary> => {
    const { server, suffixName: name } = standing;
    const answer = await askServer({ name, type: 'NS' }, server.url, tries);
    const { serverNames = [] } = 'reply' in answer.outcome ? answer.outcome.reply : {};
    standing.serverNames = serverNames.filter((each) => each.endsWith(`.${name}`));
    return { name, reply: readCanary(answer) };
  };

  /** Asks for the suffix once more, and records that the server has it if it does. */
  const askAgain = async (standing: Standing, tries?: number): Promise<Canary> => {
    const again = await askNameServers(standing.suffixName, standing.server.url, tries);
    if (exists(again)) standing.hasSuffix = true;
    return again;
  };

  /**
   * Looks for another name that exists below the suffix, as the control is denied: it may have been deleted, or blocked alone. If
   * all others are denied, too, asks for the suffix.
   */
  const findOther = async (standing: Standing, first: Canary): Promise<Control> => {
    const { server, names, serverNames } = standing;
    const known = [...names.existing, ...serverNames].slice(0, maximumOthers);
    const others = known.filter((name) => name !== first.name);
    const found = await Promise.all(others.map((name) => askAddress(askServer, name, server.url)));
    const other = found.find(exists);
    if (other === undefined) {
      const suffix = await askSuffix(standing);
      const isHabit = isDenied(suffix) && mayBeKept(standing);
      return { first, trusted: first, suffix: isHabit ? 'unanswered' : existence(suffix.reply) };
    }
    standing.controlName = other.name;
    return { first, trusted: other };
  };

  /**
   * Looks for another control if the suffix, a single label, is denied or refused: some stub resolvers do that to all single
   * labels. Under a top-level domain in the list of IANA, common names exist. Without one, the denial of the random name proves
   * the suffix as well if it comes from the zone of the suffix (RFC 2308 section 3). It does not if the denial of the suffix itself
   * names that zone, too, or if the server denies the root.
   *
   * @returns the control that counts; undefined if the denial of the random name takes its place.
   */
  const replace = async (standing: Standing, first: Canary, random: Canary): Promise<Canary | undefined> => {
    const { server, suffixName } = standing;
    const labels = isListed(suffixName) ? commonLabels : [];
    const [found] = await Promise.all([
      Promise.all(labels.map((label) => askNameServers(`${label}.${suffixName}`, server.url))),
      askRoot(server),
    ]);
    const other = found.find(exists);
    if (other) return replaceBy(other, standing, first);
    const isContradictory = provesSuffix(suffixName, first.reply) || server.knowsRoot === false;
    if (provesSuffix(suffixName, random.reply) && !isContradictory) {
      standing.hasDenied ||= isDenied(first);
      return undefined;
    }
    return isUnanswered(first) ? askAgain(standing) : first;
  };

  /** Replaces the suffix by a name below it, unless the server has the suffix now: then the denial was a lie that is over. */
  const replaceBy = async (other: Canary, standing: Standing, first: Canary): Promise<Canary> => {
    if (!isSlow(first)) {
      const again = await askAgain(standing, singleLabelTries);
      if (exists(again) || isDenied(again) !== isDenied(first)) return first;
    }
    standing.controlName = other.name;
    return other;
  };

  return {
    ask(standing) {
      const { suffixName, server, controlName: name } = standing;
      const isSuffix = name === suffixName;
      const isSuspect = isSuffix && mayBeKept(standing);
      const canary = isSuffix
        ? askSuffix(standing, isSuspect ? singleLabelTries : undefined)
        : askAddress(askServer, name, server.url);
      return { name, isSuspect, canary };
    },
    askCommon(standing) {
      const { suffixName, controlName, schedule, server, epoch } = standing;
      if (controlName !== suffixName || schedule.asked !== 1 || !isListed(suffixName)) return;
      void askAddress(askServer, `${commonLabels[0]}.${suffixName}`, server.url).then((canary) => {
        if (exists(canary)) standing.answered ??= canary.name;
        if ('exists' in canary.reply) recordAnswer(epoch.habits, canary.reply);
      });
    },
    async settle(standing, { name, isSuspect, canary }, random) {
      const { suffixName } = standing;
      // A stub resolver may look for a single label in the local network for seconds.
      const isProven = isSuspect && provesSuffix(suffixName, random.reply);
      const first = await (isProven ? inTime(canary, name, singleLabelWait, sleeper) : canary);
      if (name !== suffixName)
        return isDenied(first) ? findOther(standing, first) : { first, trusted: first };
      if (exists(first)) standing.hasSuffix = true;
      const isDoubtful = isSuspect && !exists(first) && !isUnanswered(random);
      const trusted = isDoubtful ? await replace(standing, first, random) : first;
      return { first, trusted, hasRecovered: isSuspect && isUnanswered(first) && standing.hasSuffix };
    },
  };
}
