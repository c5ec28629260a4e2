import fc from 'fast-check';
import type { Action as DnsAction } from '../helpers/name-server/action.js';
import { record } from '../helpers/name-server/reply.js';
import * as dns from '../helpers/name-server.js';
import type { Action as RdapAction, RdapServer } from '../helpers/rdap-server.js';
import * as rdap from '../helpers/rdap-server.js';

/** The true state of a name. All but the last are registered. */
export type Truth = 'in use' | 'without an address' | 'held' | 'free';

const delegated: DnsAction = (query, client) => {
  const answers = [record('NS', query.name, 'ns.invalid')];
  (query.type === 'NS' ? dns.reply({ answers }) : dns.noData)(query, client);
};
const inUse: DnsAction = (query, client) =>
  (query.type === 'NS' ? delegated : dns.answer('192.0.2.1'))(query, client);

const madeUp = dns.answer('192.0.2.66');
/** The answer of the name server of each kind of suffix about a name that is not delegated. */
const undelegated = {
  usual: dns.deny,
  // A wildcard A record: queries for other types get NOERROR without data.
  wildcard: madeUp,
  'wildcard with name servers': (query, client) => (query.type === 'NS' ? delegated : madeUp)(query, client),
  denied: dns.deny,
} as const satisfies Record<string, DnsAction>;

/** The kinds of suffix. */
export type SuffixKind = keyof typeof undelegated;

/** Returns the truthful answer of the name server about a name. */
export function zoneOf(truth: Truth, suffix: SuffixKind): DnsAction {
  if (truth === 'in use') return inUse;
  return truth === 'without an address' ? delegated : undelegated[suffix];
}

/** Faults of a name server or of the network, by the reply that they replace or change. */
export const dnsFaults = {
  none: (truth) => truth,
  SERVFAIL: () => dns.fail(),
  REFUSED: () => dns.refuse,
  silence: () => dns.silent,
  'a lost query': (truth) => dns.lose(1, truth),
  'a lost query for AAAA': (truth) => onlyFor('AAAA', dns.lose(1, truth), truth),
  'no answer for AAAA': (truth) => onlyFor('AAAA', dns.fail(), truth),
  'no answer for NS': (truth) => onlyFor('NS', dns.fail(), truth),
  'first a failure': (truth) => dns.inTurn(dns.fail(), truth),
  truncation: (truth) => dns.truncated(truth),
  'truncation and a stream cut short': (truth) => dns.truncated(dns.cutShort(truth)),
  rubbish: () => dns.rubbish(),
  'an unreadable reply': () => dns.unreadable(),
  'a wrong id': (truth) => dns.wrongId(truth),
  'another question': (truth) => dns.wrongName(truth),
  // Denies a name that exists. Canaries cannot detect this if it concerns a single name.
  denial: () => dns.deny,
} as const satisfies Record<string, (truth: DnsAction) => DnsAction>;

function onlyFor(type: string, fault: DnsAction, truth: DnsAction): DnsAction {
  return (query, client) => (query.type === type ? fault : truth)(query, client);
}

/** Faults of a registry, or of a proxy before it, that replace, change or precede the true answer. */
const rdapFaults = {
  none: (truth) => truth,
  'first 429': (truth) => rdap.inTurn(rdap.limited(0), truth),
  'first 503': (truth) => rdap.inTurn(rdap.unavailable(), truth),
  'first 500': (truth) => rdap.inTurn(rdap.fail(500), truth),
  'first a reset': (truth) => rdap.inTurn(rdap.reset, truth),
  'always 429': () => rdap.limited(),
  'always 503': () => rdap.unavailable(60),
  'status 400': () => rdap.fail(400),
  'status 403': () => rdap.fail(403),
  'status 500': () => rdap.fail(500),
  'status 502 without a body': () => rdap.content('', { status: 502 }),
  'status 204': () => rdap.content('', { status: 204 }),
  'status 410': () => rdap.fail(410),
  'a page with status 404': () => rdap.html404(),
  'JSON with status 404': () => rdap.content('{"message":"no such route"}', { status: 404 }),
  'half an error with status 404': () => rdap.content('{"errorCode":404,"ti', { status: 404 }),
  'another error with status 404': () => rdap.content('{"errorCode":429}', { status: 404 }),
  'nothing with status 200': () => rdap.content(''),
  'a page with status 200': () => rdap.notJson(),
  'an error with status 200': () => rdap.content('{"errorCode":404}'),
  'another name': () => rdap.otherName('other.example'),
  'another class': () => rdap.found([], { members: { objectClassName: 'entity' } }),
  'a broken body': (truth) => rdap.brokenOff(truth),
  'a body in pieces': (truth) => rdap.trickled(truth, 128),
  'too long a body': () => rdap.found([], { octets: 2 ** 20 + 1 }),
  'a stall': (truth) => rdap.stalled(truth),
  silence: () => rdap.silent,
  reset: () => rdap.reset,
  redirects: (truth) => rdap.redirected(3, truth),
  'too many redirects': (truth) => rdap.redirected(6, truth),
  'a redirect loop': () => rdap.loop,
  'a redirect to a web server': (_truth, web) => rdap.redirect(web),
  'a redirect to nowhere': () => rdap.redirect('http://['),
} as const satisfies Record<string, (truth: RdapAction, web: RdapServer) => RdapAction>;

/** Faults of a registry that concern all names. Each makes a function that applies the fault to an action. */
const registryFaults = {
  none: () => (truth) => truth,
  'one in ten fails': () => {
    let requests = 0;
    return (truth) => (requests++ % 10 === 3 ? rdap.fail(500) : truth);
  },
  'refuses several in a row': () => {
    let requests = 0;
    return (truth) => (requests++ % 16 > 12 ? rdap.limited(0) : truth);
  },
  'is away for a while': () => {
    const backAt = performance.now() + 300;
    return (truth) => (performance.now() < backAt ? rdap.reset : truth);
  },
  'is a web server': () => () => rdap.notFoundEmpty(),
} as const satisfies Record<string, () => (truth: RdapAction) => RdapAction>;

/** The kinds of registry. */
export type RegistryFault = keyof typeof registryFaults;

/** Serves these actions, and help, with a fault of the whole registry. */
export function withRegistryFault(fault: RegistryFault, actions: rdap.Registrations): rdap.RdapBehaviour {
  const apply: (truth: RdapAction) => RdapAction = registryFaults[fault]();
  return ({ name }) =>
    (request, client) => {
      const truth = name === '' ? rdap.help() : (actions[name] ?? rdap.notFound());
      apply(truth)(request, client);
    };
}

/** Faults of single names that pass, or that are none. */
const passing: ReadonlySet<keyof typeof rdapFaults> = new Set([
  'none',
  'first 429',
  'first 503',
  'first 500',
  'first a reset',
  'a body in pieces',
  'redirects',
]);

const lasting: ReadonlySet<keyof typeof rdapFaults> = new Set([
  'always 429',
  'always 503',
  'status 500',
  'status 502 without a body',
  'a broken body',
  'a stall',
  'silence',
  'reset',
]);

/**
 * Whether a registry fails for a name as long as it is asked about it. If it does so for three names in a row, blogdom may
 * take it to be away.
 */
export const isLasting = (rdapFault: keyof typeof rdapFaults): boolean => lasting.has(rdapFault);

/**
 * Whether a registry tells the truth about a name in the end. Redirects are several requests, one of which may fail each
 * time.
 */
export const isConfirmable = (rdapFault: keyof typeof rdapFaults, registryFault: RegistryFault): boolean =>
  passing.has(rdapFault) &&
  registryFault !== 'is a web server' &&
  (rdapFault !== 'redirects' || registryFault === 'none');

/** Applies a fault to the true action. */
export function faulty(fault: keyof typeof rdapFaults, truth: RdapAction, web: RdapServer): RdapAction {
  const make: (truth: RdapAction, web: RdapServer) => RdapAction = rdapFaults[fault];
  return make(truth, web);
}

function keys<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}

/** No fault in half of the cases, so that a fault often meets a server that is otherwise sound. */
function fault<Key extends string>(faults: Readonly<Record<Key, unknown>>, none: Key) {
  const any = fc.constantFrom(...keys(faults));
  return fc.oneof({ weight: 1, arbitrary: fc.constant(none) }, { weight: 1, arbitrary: any });
}

const name = fc.record({
  truth: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Truth>('in use', 'without an address') },
    { weight: 3, arbitrary: fc.constantFrom<Truth>('held', 'free') },
  ),
  dnsFault: fault(dnsFaults, 'none'),
  rdapFault: fault(rdapFaults, 'none'),
});

/** A suffix with its names and all their faults. */
export const suffix = fc.record({
  kind: fc.oneof(
    { weight: 2, arbitrary: fc.constant<SuffixKind>('usual') },
    { weight: 1, arbitrary: fc.constantFrom(...keys(undelegated)) },
  ),
  suffixFault: fc.oneof(
    { weight: 5, arbitrary: fc.constant<keyof typeof dnsFaults>('none') },
    { weight: 1, arbitrary: fc.constantFrom(...keys(dnsFaults)) },
  ),
  randomFault: fc.oneof(
    { weight: 5, arbitrary: fc.constant<keyof typeof dnsFaults>('none') },
    { weight: 1, arbitrary: fc.constantFrom(...keys(dnsFaults)) },
  ),
  registryFault: fault(registryFaults, 'none'),
  service: fc.oneof(
    { weight: 12, arbitrary: fc.constant('a registry') },
    { weight: 1, arbitrary: fc.constant('none') },
  ),
  names: fc.array(name, { minLength: 10, maxLength: 10 }),
});
