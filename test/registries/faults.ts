import fc from 'fast-check';
import type { PlayedQuery, PlayedServer } from '../helpers/played.js';
import {
  delegated,
  deny,
  fail as failDns,
  madeUp,
  noData,
  refuse,
  silent as silentDns,
} from '../helpers/played-servers.js';
import { domainObject } from '../helpers/rdap-server/domain.js';
import {
  emptyNotFound,
  fail,
  found,
  help,
  inTurn,
  notFound,
  type PlayedReply,
  reply,
  reset,
  silent,
  webPage,
} from './played.js';

/** The true state of a name. All but the last are registered. */
export type Truth = 'in use' | 'without an address' | 'held' | 'free';

const inUse: PlayedServer = (query) =>
  query.type === 'NS' ? delegated(query) : { addresses: ['192.0.2.1'] };

/** The answer of the name server of each kind of suffix about a name that is not delegated. */
const undelegated = {
  usual: deny,
  // A wildcard A record: queries for other types get NOERROR without data.
  wildcard: madeUp,
  'wildcard with name servers': (query) => (query.type === 'NS' ? delegated : madeUp)(query),
  denied: deny,
} as const satisfies Record<string, PlayedServer>;

/** The kinds of suffix. */
type SuffixKind = keyof typeof undelegated;

/** Returns the truthful answer of the name server about a name. */
export function zoneOf(truth: Truth, suffix: SuffixKind): PlayedServer {
  if (truth === 'in use') return inUse;
  return truth === 'without an address' ? delegated : undelegated[suffix];
}

/** Returns the truthful answer of the name server about a suffix. */
export const suffixOf = (kind: SuffixKind): PlayedServer => (kind === 'denied' ? deny : noData);

/** Behaves in one way for the first query for each name and type, and then in another way. */
function first(fault: PlayedServer, truth: PlayedServer): PlayedServer {
  const asked = new Set<string>();
  return (query) => {
    const key = `${query.name} ${query.type}`;
    const server = asked.has(key) ? truth : fault;
    asked.add(key);
    return server(query);
  };
}

const onlyFor =
  (type: PlayedQuery['type'], fault: PlayedServer, truth: PlayedServer): PlayedServer =>
  (query) =>
    (query.type === type ? fault : truth)(query);

/** Faults of a name server or of the network, by the reply that they replace or change. */
export const dnsFaults = {
  none: (truth) => truth,
  SERVFAIL: () => failDns,
  REFUSED: () => refuse,
  silence: () => silentDns,
  'a lost query': (truth) => first(silentDns, truth),
  'a lost query for AAAA': (truth) => onlyFor('AAAA', first(silentDns, truth), truth),
  'no answer for AAAA': (truth) => onlyFor('AAAA', failDns, truth),
  'no answer for NS': (truth) => onlyFor('NS', failDns, truth),
  'first a failure': (truth) => first(failDns, truth),
  // Denies a name that exists. Canaries cannot detect this if it concerns a single name.
  denial: () => deny,
} as const satisfies Record<string, (truth: PlayedServer) => PlayedServer>;

/** Replies from another server, to which the registry redirects. */
const elsewhere: PlayedReply = (request) =>
  emptyNotFound({ ...request, url: `https://web.example/${request.path}` });

const broken =
  (transient: boolean): PlayedReply =>
  () => ({ failure: 'a broken response', transient, responded: true });

/** Faults of a registry, or of a proxy before it, that replace or precede the true answer. */
const rdapFaults = {
  none: (truth) => truth,
  'first 429': (truth) => inTurn(fail(429, 0), truth),
  'first 503': (truth) => inTurn(fail(503), truth),
  'first 500': (truth) => inTurn(fail(500), truth),
  'first a reset': (truth) => inTurn(reset, truth),
  'always 429': () => fail(429),
  'always 503': () => fail(503, 60_000),
  'status 400': () => fail(400),
  'status 403': () => fail(403),
  'status 410': () => fail(410),
  'status 500': () => fail(500),
  'status 502 without a body': () => reply(502),
  'status 204': () => reply(204),
  'a page with status 404': () => reply(404, '<!DOCTYPE html>'),
  'JSON with status 404': () => reply(404, { message: 'no such route' }),
  'half an error with status 404': () => reply(404, '{"errorCode":404,"ti'),
  'another error with status 404': () => reply(404, { errorCode: 429 }),
  'nothing with status 200': () => reply(200),
  'a page with status 200': () => webPage,
  'an error with status 200': () => reply(200, { errorCode: 404 }),
  'another name': () => reply(200, domainObject('other.example', [])),
  'another class': () => reply(200, { objectClassName: 'entity' }),
  'a broken body': () => broken(true),
  'too long a body': () => broken(false),
  'a redirect to a web server': () => elsewhere,
  silence: () => silent,
  reset: () => reset,
} as const satisfies Record<string, (truth: PlayedReply) => PlayedReply>;

type RdapFault = keyof typeof rdapFaults;

/** Faults of a registry that concern all names. Each makes a function that applies the fault to a reply. */
const registryFaults = {
  none: () => (truth) => truth,
  'one in ten fails': () => {
    let requests = 0;
    return (truth) => (request) => (requests++ % 10 === 3 ? fail(500) : truth)(request);
  },
  'refuses several in a row': () => {
    let requests = 0;
    return (truth) => (request) => (requests++ % 16 > 12 ? fail(429, 0) : truth)(request);
  },
  'is away for a while': () => (truth) => (request) => (request.time < 300 ? reset : truth)(request),
  'is a web server': () => () => emptyNotFound,
} as const satisfies Record<string, () => (truth: PlayedReply) => PlayedReply>;

type RegistryFault = keyof typeof registryFaults;

/** A registry with a fault as a whole, and with a reply about each name. It answers queries for help. */
export function withRegistryFault(
  fault: RegistryFault,
  replies: Readonly<Record<string, PlayedReply>>,
): PlayedReply {
  const apply: (truth: PlayedReply) => PlayedReply = registryFaults[fault]();
  return apply((request) => (request.name === '' ? help : (replies[request.name] ?? notFound))(request));
}

/** The reply of a registry about a name, with a fault. */
export function registrationOf(truth: Truth, fault: RdapFault, isEmpty: boolean): PlayedReply {
  const apply: (truth: PlayedReply) => PlayedReply = rdapFaults[fault];
  return apply(truth !== 'free' ? found : isEmpty ? emptyNotFound : notFound);
}

const passing: ReadonlySet<RdapFault> = new Set([
  ...(['none', 'first 429', 'first 503', 'first 500', 'first a reset'] as const),
]);

const lasting: ReadonlySet<RdapFault> = new Set([
  ...(['always 429', 'always 503', 'status 500', 'status 502 without a body'] as const),
  ...(['a broken body', 'silence', 'reset'] as const),
]);

/**
 * Whether a registry fails for a name as long as it is asked about it. If it does so for three names in a row, blogdom may
 * take it to be away.
 */
export const isLasting = (fault: RdapFault): boolean => lasting.has(fault);

/** Whether a registry tells the truth about a name in the end. */
export const isConfirmable = (rdapFault: RdapFault, registryFault: RegistryFault): boolean =>
  passing.has(rdapFault) && registryFault !== 'is a web server';

function keys<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}

/** One of some faults, and `none` otherwise. */
const fault = <Key extends string>(faults: Readonly<Record<Key | 'none', unknown>>, weightOfNone: number) =>
  fc.oneof(
    { weight: weightOfNone, arbitrary: fc.constant<Key | 'none'>('none') },
    { weight: 1, arbitrary: fc.constantFrom(...keys(faults)) },
  );

const name = fc.record({
  truth: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Truth>('in use', 'without an address') },
    { weight: 3, arbitrary: fc.constantFrom<Truth>('held', 'free') },
  ),
  // In half of the cases none, so that a fault often meets a server that is otherwise sound.
  dnsFault: fault(dnsFaults, 1),
  rdapFault: fault(rdapFaults, 1),
});

/** A suffix with its names and all their faults. A wildcard that does not answer for the random name cannot be detected. */
export const suffix = fc
  .record({
    kind: fc.oneof(
      { weight: 2, arbitrary: fc.constant<SuffixKind>('usual') },
      { weight: 1, arbitrary: fc.constantFrom(...keys(undelegated)) },
    ),
    suffixFault: fault(dnsFaults, 5),
    randomFault: fault(dnsFaults, 5),
    registryFault: fault(registryFaults, 1),
    hasRegistry: fc.oneof(
      { weight: 12, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    names: fc.array(name, { minLength: 10, maxLength: 10 }),
  })
  .filter(({ kind, randomFault }) => randomFault !== 'denial' || !kind.startsWith('wildcard'));
