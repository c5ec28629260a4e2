import { createEpoch, type Epoch, hasChangedItsMind } from './epoch.js';
import { createSchedule, type Schedule } from './schedule.js';
import type { Span, Witness } from './witness.js';

/** What is known of one server under all suffixes. */
export interface KnownServer {
  readonly url: string;
  /** The suffix for which it was last right. */
  lastRight: Standing | undefined;
  /** The place at which it was last found to answer differently than before, under any suffix. */
  changedAt: number;
  /** How it lies, in words; it is then asked about another suffix only if no other server is good for that suffix. */
  lie: string | undefined;
  /** Whether it knows the root; undefined until it has been asked, and if it does not say. */
  knowsRoot: boolean | undefined;
  /** Why it does not say, in words. */
  rootFailure: string | undefined;
}

/** Creates what is known of a server that has not been asked. */
export const createKnownServer = (url: string): KnownServer => ({
  url,
  lastRight: undefined,
  changedAt: 0,
  lie: undefined,
  knowsRoot: undefined,
  rootFailure: undefined,
});

/** The names under one suffix that canaries are made from. */
export interface KnownNames {
  /** The last candidate; empty before the first one. */
  sample: string;
  /** Names that servers have answered for, and that are believed to exist. */
  readonly existing: string[];
}

/** Creates the names of a suffix; none is known. */
export const createKnownNames = (): KnownNames => ({ sample: '', existing: [] });

/** What is known of one server under one suffix. */
export interface Standing {
  readonly server: KnownServer;
  readonly suffixName: string;
  readonly names: KnownNames;
  readonly epoch: Epoch;
  readonly schedule: Schedule;
  /** The name that the control asks for, which exists: the suffix, or a name below it. */
  controlName: string;
  /** The names of the suffix's own name servers below it, as this server gives them. */
  serverNames: readonly string[];
  /** The number of its denials, and of those that another server has been asked to confirm. */
  denials: number;
  checks: number;
  /** Whether it has denied a name that exists at another server. */
  isContradicted: boolean;
  /** Whether the suffix itself has been answered: some stub resolvers keep single labels to themselves. */
  hasSuffix: boolean;
  /** Whether it has denied the suffix itself, while its zone proved the suffix: this may be the habit of a stub resolver. */
  hasDenied: boolean;
  /** A name below the suffix that it has answered for. */
  answered: string | undefined;
  /** The forms of names for which random names have been asked for; undefined for those that have been answered. */
  readonly forms: Map<string, Promise<void> | undefined>;
  /** The number of names for which that was done. */
  namesTested: number;
  /** Whether it answers for random names that have the form of a candidate, but not for long ones. */
  isByForm: boolean;
}

/** Creates the standing of a server that has not been tested. */
export const createStanding = (
  server: KnownServer,
  suffixName: string,
  names: KnownNames = createKnownNames(),
): Standing => ({
  server,
  suffixName,
  names,
  epoch: createEpoch(),
  schedule: createSchedule(),
  controlName: suffixName,
  serverNames: [],
  denials: 0,
  checks: 0,
  isContradicted: false,
  hasSuffix: false,
  hasDenied: false,
  answered: undefined,
  forms: new Map(),
  namesTested: 0,
  isByForm: false,
});

/**
 * The standing in one word. A `wildcard` server has the suffix and answers for any name under it; one that has `changed` did not
 * always deny the suffix or answer for any name; one that is `filtering` denies a name that exists; nothing is known of one that is `unheard`, or left its witness unanswered.
 */
export type Grade = 'good' | 'wildcard' | 'denying' | 'filtering' | 'changed' | 'unheard' | 'unanswered';

export function gradeOf({ epoch, isByForm }: Standing): Grade {
  const { suffix, random, below } = epoch.shown;
  if (hasChangedItsMind(epoch)) return 'changed';
  if (suffix === 'denied') return 'denying';
  if (random === 'exists' || isByForm) return 'wildcard';
  if (below === 'denied') return 'filtering';
  if (suffix === 'exists' && random === 'denied') return 'good';
  return epoch.last === undefined ? 'unheard' : 'unanswered';
}

/**
 * Whether a finding must be asked for again: the server has answered in different ways since it was sent, or may have before the first
 * right witness.
 */
export const isOutdated = ({ server, epoch }: Standing, { first }: Span): boolean =>
  first <= server.changedAt || first < epoch.rightSince;

/** What keeps a finding from being believed. */
export type Trouble = 'changed' | 'denied' | 'filtered' | 'wildcard' | 'no suffix' | 'no random';

/**
 * Returns what keeps a finding from being believed, judged by the witness that settles it. A denial rests on the suffix, which must exist;
 * anything else on the random name, which must not.
 *
 * @returns undefined if nothing keeps it from being believed.
 */
export function troubleWith(standing: Standing, witness: Witness, isAbsent: boolean): Trouble | undefined {
  if (hasChangedItsMind(standing.epoch)) return 'changed';
  const { suffix, random } = witness;
  // A server that has denied the suffix still does if this witness has no answer about it.
  if (suffix === 'denied' || gradeOf(standing) === 'denying') return 'denied';
  if (isAbsent && gradeOf(standing) === 'filtering') return 'filtered';
  if (isAbsent) return suffix === 'unanswered' ? 'no suffix' : undefined;
  if (random === 'unanswered') return 'no random';
  return random === 'exists' || standing.isByForm ? 'wildcard' : undefined;
}
