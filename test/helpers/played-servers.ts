import type { Reply } from '../../src/dns/wire/reply.js';
import type { PlayedServer } from './played.js';

export { isRandom } from './honest.js';

/** What is true of a name. A name without any of this exists without a record. */
export interface Entry {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  /** Whether it is a zone of its own. */
  readonly isDelegated?: boolean;
  /** The name that it is an alias of, which exists if the zone has it. */
  readonly alias?: string;
}

/** Names, and what is true of them. The root exists in every zone. */
export type Zone = Readonly<Record<string, Entry>>;

/** Two suffixes, of which IANA lists the first one, and delegated names under them: one with an address, one without. */
export const zone: Zone = {
  dev: { isDelegated: true },
  'live.dev': { A: ['192.0.2.1'], isDelegated: true },
  'taken.dev': { isDelegated: true },
  example: { isDelegated: true },
  'live.example': { A: ['192.0.2.2'], isDelegated: true },
};

export const deny: PlayedServer = () => ({ rcode: 'NXDOMAIN' });
export const refuse: PlayedServer = () => ({ rcode: 'REFUSED' });
export const fail: PlayedServer = () => ({ rcode: 'SERVFAIL' });
export const silent: PlayedServer = () => undefined;
/** Every name exists, without a record. */
export const noData: PlayedServer = ({ name }) => ({ zone: lastLabelOf(name) });

const lastLabelOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** An address for A or AAAA; for other types no record, with the SOA record of the top-level domain. */
export const madeUp: PlayedServer = ({ name, type }) =>
  type === 'A' ? { addresses: ['192.0.2.66'] } : { zone: lastLabelOf(name) };

/** The closest zone at or above a name. */
function zoneAbove(name: string, truth: Zone): string {
  for (let rest = name; rest !== ''; rest = rest.slice(rest.indexOf('.') + 1 || rest.length))
    if (truth[rest]?.isDelegated) return rest;
  return '';
}

/** Answers for the names of a zone, and denies all others. */
export function truthful(truth: Zone = zone): PlayedServer {
  const names = Object.keys(truth);
  const answer = (name: string, type: string): Partial<Reply> => {
    const entry = truth[name];
    const exists = entry || name === '' || names.some((each) => each.endsWith(`.${name}`));
    if (!exists) return { rcode: 'NXDOMAIN', zone: zoneAbove(name, truth) };
    if (entry?.alias !== undefined) return { ...answer(entry.alias, type), alias: entry.alias };
    const addresses = type === 'A' ? entry?.A : type === 'AAAA' ? entry?.AAAA : undefined;
    if (addresses) return { addresses };
    if (type === 'NS' && (name === '' || entry?.isDelegated)) return { nameServers: true };
    return { zone: zoneAbove(name, truth) };
  };
  return ({ name, type }) => answer(name, type);
}

/** Every name is a zone of its own. */
export const nameServers: PlayedServer = () => ({ nameServers: true });

/** A zone of its own without an address, as a suffix is. */
export const delegated: PlayedServer = ({ name, type }) =>
  type === 'NS' ? { nameServers: true } : { zone: name };

/** Answers for a name of which one thing is true. */
export const truthfulAbout =
  (entry: Entry): PlayedServer =>
  (query) =>
    truthful({ [query.name]: entry })(query);

export const isAtOrBelow = (name: string, suffix: string): boolean =>
  name === suffix || name.endsWith(`.${suffix}`);

/** Behaves in one way for the names that match, and in another way for the others. */
export const except =
  (matches: (name: string) => boolean, special: PlayedServer, otherwise: PlayedServer): PlayedServer =>
  (query) =>
    (matches(query.name) ? special : otherwise)(query);

/** Behaves in one way for queries of a type, and in another way for the others. */
export const forType =
  (type: string, special: PlayedServer, otherwise: PlayedServer): PlayedServer =>
  (query) =>
    (query.type === type ? special : otherwise)(query);

/** Is truthful about the names of the zone, and answers in one way for every other name under a suffix. */
export const wildcard = (suffix: string, made = madeUp, truth = zone): PlayedServer =>
  except((name) => !(name in truth) && isAtOrBelow(name, suffix), made, truthful(truth));

/** Is truthful, but makes up an address for every name that does not exist, as some resolvers do. */
export const lying = (truth = zone): PlayedServer =>
  except((name) => !(name in truth) && name !== '', forType('A', madeUp, truthful(truth)), truthful(truth));

/** Denies a suffix and every name below it. */
export const denying = (suffix: string, otherwise = truthful()): PlayedServer =>
  except((name) => isAtOrBelow(name, suffix), deny, otherwise);

export const isSingleLabel = (name: string): boolean => name !== '' && !name.includes('.');

/** Keeps single labels to itself, as some stub resolvers do. */
export const keepingSingleLabels = (
  special: PlayedServer,
  otherwise: PlayedServer = truthful(),
): PlayedServer => except(isSingleLabel, special, otherwise);

/** Behaves in one way up to a number of queries, then in another way up to a number, and so on; in the end it is silent. */
export function changing(
  ...phases: readonly (readonly [last: number, behaviour: PlayedServer])[]
): PlayedServer {
  let queries = 0;
  return (query) => {
    queries++;
    const [, behaviour] = phases.find(([last]) => queries <= last) ?? [0, silent];
    return behaviour(query);
  };
}
