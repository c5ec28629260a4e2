import type { ProbeResult } from '../probe/result.js';
import { findRegistrable } from './registrable.js';

/**
 * The rules by which a registry shows that it knows what is registered. A control is a name that exists in the DNS, so its
 * registry must know it. Before the registry of a suffix is believed that it has no registration of a name, it must have found
 * a control there. Everything here is a function of what is known; the look-ups are made elsewhere.
 */

/** Where an answer comes from: the host to which a registry redirects, or undefined for the registry itself. */
export type Source = string | undefined;

/** What is known of the registry of one suffix. */
export interface Controls {
  readonly suffix: string;
  /** Names that the DNS has shown to exist, and that have not been looked up as controls. */
  readonly names: readonly string[];
  /** Well-known labels that have not been looked up in the DNS. */
  readonly labels: readonly string[];
  /** The number of controls for which the registry has been asked. */
  readonly requests: number;
  /** Who has found a control. */
  readonly found: readonly Source[];
  /** The controls that were denied, and by whom. */
  readonly denied: readonly { readonly name: string; readonly source: Source }[];
  /** Why the last control has no answer that helps. */
  readonly failure: string | undefined;
  /** The controls that had no answer at all. */
  readonly failed: readonly string[];
  /** How often these have been taken up again. */
  readonly rounds: number;
}

/** What to do before a denial is believed. */
export type Step =
  | { readonly kind: 'believe' }
  /** Ask the registry for this name. */
  | { readonly kind: 'ask'; readonly name: string }
  /** Find out whether this name exists in the DNS. */
  | { readonly kind: 'look'; readonly name: string }
  /** Do not believe the denial. The names are those that the registry denies although they exist. */
  | { readonly kind: 'refuse'; readonly reason: string; readonly denied: readonly string[] };

/** The registry of a suffix is asked for at most this many controls. */
const maximumRequests = 3;
/** Controls without an answer are taken up again as often as this. */
const maximumRounds = 5;
/** It is not believed after this many denials of controls. */
const maximumDenied = 2;

/** Labels that are registered under most suffixes. */
const wellKnownLabels = ['google', 'amazon', 'facebook', 'youtube', 'microsoft', 'apple'];

/** Labels that registries use themselves, often without a registration. */
const ownLabels = new Set([
  ...['nic', 'whois', 'rdap', 'rdds', 'www', 'das', 'dns', 'epp', 'registry', 'home', 'get', 'domains'],
  ...['example', 'test', 'localhost', 'invalid'],
]);

/** Creates what is known at first: nothing. */
export const noControls = (suffix: string): Controls => ({
  suffix,
  names: [],
  labels: wellKnownLabels,
  requests: 0,
  found: [],
  denied: [],
  failure: undefined,
  failed: [],
  rounds: 0,
});

/**
 * Returns the registrable name whose existence a result shows: that of a name with an address, or of a name that is
 * delegated. A name that only exists may be a part of the suffix.
 */
export function controlIn({ name, status, reason = '' }: ProbeResult): string | undefined {
  if (status !== 'live' && !(status === 'taken' && reason.startsWith('delegated'))) return undefined;
  const registrable = findRegistrable(name);
  if (!('name' in registrable)) return undefined;
  const [label = '', ...suffix] = registrable.name.split('.');
  return ownLabels.has(label) || label === suffix.at(-1) ? undefined : registrable.name;
}

/** Records that a name exists in the DNS. */
export function withName(controls: Controls, name: string): Controls {
  const { names, denied, requests } = controls;
  const isKnown = names.includes(name) || denied.some((one) => one.name === name);
  if (isKnown || requests + names.length >= maximumRequests) return controls;
  return { ...controls, names: [...names, name] };
}

/** Records that a well-known name has been looked up in the DNS. */
export function afterLook(controls: Controls, name: string, exists: boolean): Controls {
  const label = name.slice(0, name.indexOf('.'));
  const looked = { ...controls, labels: controls.labels.filter((other) => other !== label) };
  return exists ? withName(looked, name) : looked;
}

/** Records that the registry is being asked for a control. */
export const afterAsking = (controls: Controls, name: string): Controls => ({
  ...controls,
  names: controls.names.filter((other) => other !== name),
  requests: controls.requests + 1,
});

/** Records that a control was found. If somebody else found it, the registry knew at least whom to ask. */
export function afterFinding(controls: Controls, source: Source): Controls {
  const { found } = controls;
  const isNew = !found.includes(source) || !found.includes(undefined);
  return isNew ? { ...controls, found: [...new Set([...found, undefined, source])] } : controls;
}

/** Records that a control was denied. */
export function afterDenial(controls: Controls, name: string, source: Source): Controls {
  const { denied } = controls;
  const others = denied.filter((one) => one.source === source);
  if (others.length >= maximumDenied || others.some((one) => one.name === name)) return controls;
  return { ...controls, denied: [...denied, { name, source }] };
}

/** Records that the registry does not say whether it knows a control. */
export const afterEvasion = (controls: Controls, failure: string): Controls => ({ ...controls, failure });

/** Records that there is no answer about a control. */
export const afterFailure = (controls: Controls, name: string, failure: string): Controls => ({
  ...afterEvasion(controls, failure),
  failed: [...controls.failed, name],
});

/** Takes up the controls again that had no answer, if there is nothing else to try: a fault may have passed. */
export function withAnotherRound(controls: Controls): Controls {
  const { names, requests, failed, rounds } = controls;
  if (failed.length === 0 || rounds >= maximumRounds || search(controls)) return controls;
  return {
    ...controls,
    names: [...failed, ...names],
    requests: requests - failed.length,
    failed: [],
    rounds: rounds + 1,
  };
}

/** Decides what to do before a denial from this source is believed. */
export function nextStep(controls: Controls, source: Source): Step {
  const denied = controls.denied.filter((one) => one.source === source).map(({ name }) => name);
  if (denied.length < maximumDenied) {
    if (controls.found.includes(source)) return { kind: 'believe' };
    const step = search(controls);
    if (step) return step;
  }
  return { kind: 'refuse', reason: refusal(controls, source, denied), denied };
}

/** Goes on looking for a control; undefined if there is nothing left to try. */
function search({ suffix, names: [name], labels: [label], requests }: Controls): Step | undefined {
  if (requests >= maximumRequests) return undefined;
  if (name !== undefined) return { kind: 'ask', name };
  return label === undefined ? undefined : { kind: 'look', name: `${label}.${suffix}` };
}

function refusal({ suffix, requests, failure }: Controls, source: Source, denied: readonly string[]): string {
  const [name] = denied;
  if (name !== undefined) return `its registry denies ${name}, which exists`;
  if (requests > 0 && source !== undefined)
    return `${source}, to which its registry redirects, has found no registered name`;
  return failure ?? `no registered name is known under .${suffix}`;
}
