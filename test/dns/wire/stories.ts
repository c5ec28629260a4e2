import { type Answer, encode, type OptAnswer } from 'dns-packet';
import fc from 'fast-check';
import type { Reply } from '../../../src/dns/wire/reply.js';
import { encodeReply } from '../../helpers/name-server/reply.js';
import { id, usualFlags } from './messages.js';

/** Response codes by number, as IANA's registry "DNS RCODEs" has them (RFC 6895 section 2.3). */
export const rcodeNames =
  'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE DSOTYPENI RCODE12 RCODE13 RCODE14 RCODE15'.split(
    ' ',
  );

/** A generated reply: the parts that a server would encode, and the expected result of decoding them. */
export interface Story {
  readonly name: string;
  /** The name in the letter case of the question in the reply. */
  readonly spelled: string;
  readonly rcode: number;
  readonly answers: readonly Data[];
  readonly authorities: readonly Data[];
  readonly additionals: readonly Data[];
  readonly truth: Reply;
}

type Data = Exclude<Answer, OptAnswer>;

/** A record of the answer section, and the address that it gives for the name asked for, if any. */
interface Entry {
  readonly record: Data;
  readonly address?: string;
}

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789-'];
const labelUpTo = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength, size: 'max' });

/** Names of letters, digits and hyphens: up to 63 octets a label, 253 in all (RFC 1035 section 2.3.4). */
const anyName: fc.Arbitrary<string> = fc
  .array(labelUpTo(63), { minLength: 1, maxLength: 9, size: 'max' })
  .map((labels) => labels.join('.').slice(0, 253).replace(/\.$/, ''));

/** Names, and '' for the root. */
export const anyNameOrRoot: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: anyName },
  { weight: 1, arbitrary: fc.constant('') },
);

const shortName = fc.array(labelUpTo(4), { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));

/** IPv6 addresses as eight groups of four digits, with many zeros. */
export const anyIPv6: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constant(0), fc.nat(15), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16).padStart(4, '0')).join(':'));

/** Returns the text form that Node itself gives to an IPv6 address. */
export const canonical = (ipv6: string): string => new URL(`http://[${ipv6}]`).hostname.slice(1, -1);

const addressOf = (name: string): fc.Arbitrary<Entry> =>
  fc.oneof(
    fc.ipV4().map((data) => ({ record: { type: 'A' as const, name, data }, address: data })),
    anyIPv6.map((data) => ({ record: { type: 'AAAA' as const, name, data }, address: canonical(data) })),
  );

const startOf = (name: string): Data => ({ type: 'SOA', name, data: { mname: 'a.b', rname: 'c.d' } });

/** Records that say nothing about the addresses of the name asked for. */
function besides(names: readonly string[], end: string, outside: readonly string[]): fc.Arbitrary<Entry> {
  const any = fc.constantFrom(...names);
  const elsewhere = names.filter((name) => name !== end);
  return fc.oneof(
    fc
      .constantFrom(...elsewhere)
      .chain(addressOf)
      .map(({ record }) => ({ record })),
    fc
      .tuple(fc.constantFrom(...outside), any)
      .map(([name, data]) => ({ record: { type: 'CNAME' as const, name, data } })),
    fc
      .tuple(any, fc.string({ maxLength: 9 }))
      .map(([name, data]) => ({ record: { type: 'TXT' as const, name, data } })),
    fc
      .tuple(any, any)
      .map(([name, exchange]) => ({ record: { type: 'MX' as const, name, data: { exchange } } })),
    fc.tuple(any, any).map(([name, data]) => ({ record: { type: 'NS' as const, name, data } })),
    any.map((name) => ({ record: startOf(name) })),
    fc.ipV4().map((data) => ({ record: { type: 'A' as const, name: end, data, class: 'CH' as const } })),
    any.map((name) => ({ record: { type: 'NS' as const, name, data: 'ns.example', class: 'CH' as const } })),
  );
}

function answerSection(names: readonly string[], chain: readonly string[], end: string) {
  const aliases = chain.slice(1).map((data, index): Entry => {
    return { record: { type: 'CNAME', name: chain[index] ?? '', data } };
  });
  const outside = names.filter((name) => !chain.includes(name));
  return fc
    .tuple(
      fc.oneof(fc.constant([]), fc.array(addressOf(end), { maxLength: 4 })),
      fc.array(besides(names, end, outside), { maxLength: 5 }),
    )
    .map(([addresses, rest]) => [...aliases, ...addresses, ...rest])
    .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }));
}

function authoritySection(names: readonly string[]): fc.Arbitrary<Data[]> {
  const zone = fc.constantFrom(...names, '.');
  const server = zone.map((name): Data => ({ type: 'NS', name, data: 'ns.example' }));
  const start = zone.map(startOf);
  const chaos = fc.oneof(server, start).map((record): Data => ({ ...record, class: 'CH' }));
  return fc.array(
    fc.oneof(
      { weight: 6, arbitrary: server },
      { weight: 3, arbitrary: start },
      { weight: 1, arbitrary: chaos },
    ),
    { maxLength: 3 },
  );
}

/** Creates a function that changes the case of letters, as one flip after the other says. */
const speller = (flips: readonly boolean[]) => {
  let turn = 0;
  return (text: string) =>
    text.replace(/[a-z]/g, (letter) => (flips[turn++ % flips.length] ? letter.toUpperCase() : letter));
};

type Spell = ReturnType<typeof speller>;

function respell(record: Data, spell: Spell): Data {
  const name = spell(record.name);
  return record.type === 'CNAME' ? { ...record, name, data: spell(record.data) } : { ...record, name };
}

interface Told {
  readonly name: string;
  readonly end: string;
  readonly rcode: number;
  readonly entries: readonly Entry[];
  readonly authorities: readonly Data[];
}

function truthOf({ name, end, rcode, entries, authorities }: Told): Reply {
  const addresses = entries.flatMap(({ address }) => address ?? []);
  const alias = entries.length > 0 && end !== name ? end : undefined;
  const said = { rcode: rcodeNames[rcode] ?? '', truncated: false, addresses, alias };
  if (addresses.length > 0) return said;

  const authority = authorities.filter(ofInternet);
  const zone = ownerOf(authority.find(({ type }) => type === 'SOA'));
  if (alias !== undefined) return { ...said, zone };
  const answers = entries.map(({ record }) => record).filter(ofInternet);
  if (answers.some(({ type }) => ['A', 'AAAA', 'CNAME'].includes(type)))
    return { ...said, isAboutOthers: true };
  const nameServers = answers.some((record) => record.type === 'NS' && record.name === name);
  const referring = rcode === 0 && answers.length === 0 && zone === undefined;
  const common = { ...said, nameServers, offersRecursion: true };
  return { ...common, zone, referral: referring ? ownerOf(authority[0]) : undefined };
}

const ofInternet = (record: Data): boolean => record.class !== 'CH';
const ownerOf = (record: Data | undefined): string | undefined => record?.name.replace(/^\.$/, '');

/** Replies about a name: aliases in any order, addresses, and many records that do not matter. */
export const anyStory: fc.Arbitrary<Story> = fc
  .tuple(
    fc.uniqueArray(fc.oneof({ weight: 9, arbitrary: shortName }, { weight: 1, arbitrary: anyNameOrRoot }), {
      minLength: 6,
      maxLength: 6,
    }),
    fc.oneof(fc.constant(0), fc.nat(4)),
  )
  .chain(([names, aliases]) => {
    const chain = names.slice(0, aliases + 1);
    const end = chain.at(-1) ?? '';
    return fc.record({
      name: fc.constant(names[0] ?? ''),
      end: fc.constant(end),
      entries: fc.option(answerSection(names, chain, end), { nil: undefined, freq: 3 }),
      authorities: authoritySection(names),
      additionals: fc.array(addressOf(end), { maxLength: 2 }),
      rcode: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(0, 0, 3) },
        { weight: 1, arbitrary: fc.nat(15) },
      ),
      flips: fc.array(fc.boolean(), { minLength: 1, maxLength: 17 }),
    });
  })
  .map(({ name, end, entries = [], authorities, additionals, rcode, flips }) => {
    const spell = speller(flips);
    return {
      name,
      spelled: spell(name),
      rcode,
      answers: entries.map(({ record }) => respell(record, spell)),
      authorities: authorities.map((record) => respell(record, spell)),
      additionals: additionals.map(({ record }) => respell(record, spell)),
      truth: truthOf({ name, end, rcode, entries, authorities }),
    };
  });

/** Encodes a reply with dns-packet, which writes every name in full. */
export const plain = ({ spelled, rcode, answers, authorities, additionals }: Story): Buffer =>
  encode({
    type: 'response',
    id,
    flags: usualFlags | rcode,
    questions: [{ type: 'A', name: spelled }],
    answers: [...answers],
    authorities: [...authorities],
    additionals: [...additionals],
  });

/** Encodes a reply as servers do: a name that has occurred before becomes a pointer. */
export function compressed({ name, spelled, rcode, answers, authorities }: Story): Buffer {
  const message = encode({ type: 'query', id, questions: [{ type: 'A', name: spelled }] });
  const query = { name, type: 'A', id, message, transport: 'tcp', port: 0, attempt: 1 } as const;
  return encodeReply(query, { rcode, answers, authorities });
}
