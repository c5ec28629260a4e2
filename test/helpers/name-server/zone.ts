import type { Answer } from 'dns-packet';
import { type Action, isScript, perform, type Script } from './action.js';
import { encodeReply, nextSecure, type Reply, record, startOfAuthority } from './reply.js';

/** The records of one name, which exists even if it has none. Those of `*.NAME` are given to names that do not exist. */
interface Records {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly NS?: readonly string[];
  readonly MX?: readonly string[];
  readonly CNAME?: string;
}

/** The records of each name, or the script for queries that ask for it. */
export type Zone = Readonly<Record<string, Records | Script>>;

interface Contents {
  readonly records: ReadonlyMap<string, Records>;
  readonly scripts: ReadonlyMap<string, Script>;
  /** All names that exist: those of the zone and their ancestors (RFC 8020 section 2). */
  readonly names: ReadonlySet<string>;
}

function readZone(zone: Zone): Contents {
  const records = new Map<string, Records>();
  const scripts = new Map<string, Script>();
  const names = new Set(['.']);
  for (const [key, value] of Object.entries(zone)) {
    const name = key.toLowerCase();
    if (isScript(value)) scripts.set(name, value);
    else records.set(name, value);
    const labels = name.split('.');
    for (const index of labels.keys()) names.add(labels.slice(index).join('.'));
  }
  for (const [name, { CNAME }] of records) {
    if (CNAME !== undefined && scripts.has(CNAME.toLowerCase())) {
      throw new Error(`Expected the alias ${name} to lead to records, got the script of ${CNAME}`);
    }
  }
  return { records, scripts, names };
}

/** Returns the name whose records answer for a name: itself, or the wildcard at its closest ancestor (RFC 4592 section 3.3.1). */
function sourceOf(name: string, names: ReadonlySet<string>): string {
  if (names.has(name)) return name;
  const labels = name.split('.');
  const ancestors = labels.map((_, index) => labels.slice(index).join('.'));
  return `*.${ancestors.find((ancestor) => names.has(ancestor))}`;
}

function recordsOfType(name: string, type: string, records: Records | undefined): Answer[] {
  if (type === 'MX')
    return (records?.MX ?? []).map((exchange) => ({ type, name, data: { preference: 10, exchange } }));
  if (type !== 'A' && type !== 'AAAA' && type !== 'NS') return [];
  return records?.[type]?.map((data) => record(type, name, data)) ?? [];
}

function resolve(name: string, type: string, { records, names }: Contents): Reply {
  const chain: Answer[] = [];
  const seen = new Set<string>();
  let owner = name;
  for (;;) {
    const alias = records.get(sourceOf(owner, names))?.CNAME;
    if (alias === undefined) break;
    if (seen.has(owner)) return { rcode: 'SERVFAIL' };
    seen.add(owner);
    chain.push(record('CNAME', owner, alias));
    if (type === 'CNAME') return { answers: chain };
    owner = alias.toLowerCase();
  }
  const source = sourceOf(owner, names);
  const found = recordsOfType(owner, type, records.get(source));
  const rcode = names.has(source) ? 'NOERROR' : 'NXDOMAIN';
  if (found.length > 0) return { rcode, answers: [...chain, ...found] };
  const top = owner.slice(owner.lastIndexOf('.') + 1);
  return { rcode, answers: chain, authorities: [startOfAuthority(names.has(top) ? top : '.')] };
}

/**
 * Answers from a zone as a recursive resolver does: follows aliases, replies with the response code of the last name
 * (RFC 6604 section 3), uses wildcards, and adds an SOA record if there are no records of the type.
 *
 * @throws if an alias leads to a name with a script.
 */
export function fromZone(zone: Zone): Action {
  const contents = readZone(zone);
  return (query, client) => {
    const script = contents.scripts.get(query.name);
    if (script !== undefined) perform(script, query, client);
    else client.send(encodeReply(query, resolve(query.name, query.type, contents)));
  };
}

/**
 * Answers from a zone, but denies names below a parent by NOERROR, with NXNAME in an NSEC record if DNSSEC is asked for (RFC 9824).
 *
 * @param isMarked whether it adds the NSEC record; if not, names that do not exist look like names without a record.
 */
export function denyingCompactly(parent: string, zone: Zone, isMarked = true): Action {
  const contents = readZone(zone);
  return (query, client) => {
    const reply = resolve(query.name, query.type, contents);
    const isCompact = query.name.endsWith(`.${parent}`) && (reply.answers ?? []).length === 0;
    if (!isCompact) return client.send(encodeReply(query, reply));
    const own = Object.keys(contents.records.get(query.name) ?? {});
    const types = reply.rcode === 'NXDOMAIN' ? ['UNKNOWN_128'] : own;
    const nsec = nextSecure(query.name, ['RRSIG', 'NSEC', ...types]);
    const authorities = [startOfAuthority(parent), ...(isMarked && query.wantsDnssec ? [nsec] : [])];
    client.send(encodeReply(query, { authorities }));
  };
}
