import { type ExtendedError, readOpt } from './extended-errors.js';
import { isNameAt } from './name.js';
import type { Occurrence } from './nsec.js';
import { malformedMessage, octetAt, uint16At } from './octets.js';
import { headerLength, type Question, questionEnd, usesEdns } from './query.js';
import { rcodeName } from './rcodes.js';
import { followAliases, occurrenceOf, readAddresses, readTexts, serverNamesOf } from './record-data.js';
import { recordTypes } from './record-types.js';
import { ownerOf, type ResourceRecord, readRecords } from './resource-records.js';

/** The content of a reply, as far as it concerns the name that was asked for. */
export interface Reply {
  /** The name of the response code; undefined if the answer did not come in a DNS message. */
  readonly rcode?: string;
  /**
   * Whether the reply did not fit in a datagram, so that the question must be asked again over a stream (RFC 2181
   * section 9).
   */
  readonly truncated: boolean;
  /** Whether the reply does not repeat the question, and so cannot be told from the reply to another one. */
  readonly lacksQuestion?: true;
  /** The addresses of the name or, if it is an alias, of the name at the end of the alias chain. */
  readonly addresses: readonly string[];
  /** The name at the end of the chain of aliases (CNAME); the response code is about that name (RFC 6604 section 3). */
  readonly alias?: string | undefined;
  /** Whether the name has NS records, which means that it is a zone of its own. */
  readonly nameServers?: boolean;
  /** The zone whose SOA record the reply contains instead of an answer, or of an address of its alias (RFC 2308 section 2). */
  readonly zone?: string | undefined;
  /** The policy zone whose rule has made the reply: some resolvers add its SOA record to the additional section. */
  readonly policyZone?: string | undefined;
  /** The zone whose NS records the reply contains instead of an answer: a referral (RFC 2308 section 2.2). */
  readonly referral?: string | undefined;
  /**
   * The names of the servers in the NS records of the name, or of the referral; only for NS queries, and if recursion
   * was not desired.
   */
  readonly serverNames?: readonly string[];
  /** Whether the name itself has MX records; only for MX queries. */
  readonly mailExchanges?: boolean;
  /** The existence of the name, as the NSEC record at it shows; only for queries for the records of DNSSEC. */
  readonly occurrence?: Occurrence | undefined;
  /**
   * The TXT records of the name or, if it is an alias, of the name at the end of the alias chain, each as one octet string;
   * only for TXT queries.
   */
  readonly texts?: readonly Uint8Array[];
  /** Whether the answer is about other names only; nothing follows from it. */
  readonly isAboutOthers?: boolean;
  /** Whether the server offers recursion (RA); only if there is no answer, or if recursion was not desired. */
  readonly offersRecursion?: boolean | undefined;
  /** Whether the server is authoritative (AA); undefined if it is not. */
  readonly isAuthoritative?: boolean | undefined;
  /** How the server explains an error; only for queries with EDNS. */
  readonly extendedErrors?: readonly ExtendedError[];
}

/**
 * Whether a message is the reply to a query: it has the QR bit set, and the query's id and question. The question's
 * letter case is ignored because some servers change it. A message without any question is taken for the reply as well: some
 * servers reject a query with a header alone.
 */
export function isReplyTo(id: number, question: Question, message: Uint8Array): boolean {
  const end = questionEnd(question);
  if (message.length < headerLength || uint16At(message, 0) !== id) return false;
  if ((octetAt(message, 2) & 0x80) === 0) return false;
  if (hasNoQuestion(message)) return true;
  if (message.length < end || uint16At(message, 4) !== 1) return false;
  if (uint16At(message, end - 4) !== recordTypes[question.type]) return false;
  return uint16At(message, end - 2) === 1 && isNameAt(message, headerLength, question.name);
}

/** The types of records that answer a query for an address. */
const answeringTypes: ReadonlySet<number> = new Set([recordTypes.A, recordTypes.AAAA, recordTypes.CNAME]);

const hasNoQuestion = (message: Uint8Array): boolean => uint16At(message, 4) === 0;

/** The response codes that count without a question. None of them says anything about the name. */
const refusals: ReadonlySet<string> = new Set(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED']);

/**
 * Decodes a reply.
 *
 * @param message a message that `isReplyTo` has accepted for this question.
 * @param isWhole whether the records of a truncated reply are read, because there is no way to ask for more of them.
 * @returns undefined if the message is malformed.
 */
export function decodeReply(message: Uint8Array, question: Question, isWhole = false): Reply | undefined {
  try {
    return readReply(message, question, questionEnd(question), isWhole);
  } catch (error) {
    if (error === malformedMessage) return undefined;
    throw error;
  }
}

function readReply(message: Uint8Array, question: Question, recordsStart: number, isWhole: boolean): Reply {
  const { name, flags: asked } = question;
  const flags = uint16At(message, 2);
  // The opcode must be QUERY.
  if ((flags & 0x7800) !== 0) throw malformedMessage;
  const headerRcode = flags & 0x000f;
  const truncated = (flags & 0x0200) !== 0;
  if (hasNoQuestion(message) || (truncated && !isWhole)) {
    // The records of a truncated reply are ignored, because others may be missing.
    const bare = { rcode: rcodeName(headerRcode), truncated, addresses: [] };
    return truncated || refusals.has(bare.rcode) ? bare : { ...bare, lacksQuestion: true };
  }

  const records: ResourceRecord[] = [];
  const authorityStart = readRecords(message, name, recordsStart, uint16At(message, 6), records);
  const alias = followAliases(message, name, records);
  const addresses = readAddresses(message, alias ?? name, records);
  const offersRecursion = (flags & 0x0080) !== 0;
  const isAuthoritative = (flags & 0x0400) !== 0 || undefined;
  const iterative = asked?.zone !== undefined && { offersRecursion };
  const othersCount = uint16At(message, 8) + uint16At(message, 10);
  const opt = usesEdns(question) ? readOpt(message, authorityStart, othersCount) : undefined;
  const rcode = rcodeName((opt?.upperRcode ?? 0) * 16 + headerRcode);
  // What is there of a truncated reply counts, but nothing follows from what is missing.
  if (truncated && addresses.length === 0 && alias === undefined) return { rcode, truncated, addresses };
  const explained = asked?.hasEdns && opt && { extendedErrors: opt.extendedErrors };
  if (question.type === 'TXT') {
    const texts = readTexts(message, alias ?? name, records);
    return { rcode, truncated: false, addresses, alias, texts, isAuthoritative, ...iterative };
  }
  const policyZone = policyZoneIn(message, authorityStart);
  // The replies to most queries are written out here and below: spreads take several times as long.
  if (addresses.length > 0 && asked === undefined)
    return { rcode, truncated: false, addresses, isAuthoritative, policyZone, alias };
  const replyWith = (content: Partial<Reply>): Reply => ({
    ...{ rcode, truncated: false, addresses, isAuthoritative, policyZone },
    ...content,
    ...iterative,
    ...explained,
  });
  if (addresses.length > 0) return replyWith({ alias });
  const isAboutOthers = alias === undefined && records.some(({ type }) => answeringTypes.has(type));
  if (isAboutOthers) return replyWith({ isAboutOthers });

  const authority: ResourceRecord[] = [];
  readRecords(message, name, authorityStart, uint16At(message, 8), authority);
  const zone = ownerOf(recordTypes.SOA, authority);
  if (alias !== undefined) return replyWith({ alias, zone });
  const has = (wanted: number) => records.some(({ type, owner }) => type === wanted && owner === name);
  const nameServers = has(recordTypes.NS);
  // NS records without an SOA record and without an answer are a referral (RFC 2308 section 2.2).
  const isReferral = rcode === 'NOERROR' && records.length === 0 && zone === undefined;
  const referral = isReferral ? ownerOf(recordTypes.NS, authority) : undefined;
  if (asked === undefined && question.type !== 'NS' && question.type !== 'MX') {
    const truncated = false;
    return {
      rcode,
      truncated,
      addresses,
      isAuthoritative,
      policyZone,
      nameServers,
      zone,
      referral,
      offersRecursion,
    };
  }
  const denial = { nameServers, zone, referral, offersRecursion };
  if (question.type === 'MX') return replyWith({ ...denial, mailExchanges: has(recordTypes.MX) });
  return replyWith({
    ...denial,
    serverNames: serverNamesOf(message, nameServers ? name : referral, nameServers ? records : authority),
    ...(asked?.wantsDnssec && { occurrence: occurrenceOf(message, name, authority) }),
  });
}

/**
 * Returns the owner of an SOA record in the additional section, where only the rules of a policy zone put one.
 *
 * @param authorityStart offset of the authority section.
 * @returns undefined if there is none, or if the sections cannot be read: what is in them does not matter otherwise.
 */
function policyZoneIn(message: Uint8Array, authorityStart: number): string | undefined {
  const count = uint16At(message, 10);
  if (count === 0) return undefined;
  try {
    const additional: ResourceRecord[] = [];
    const start = readRecords(message, '', authorityStart, uint16At(message, 8), []);
    readRecords(message, '', start, count, additional);
    return ownerOf(recordTypes.SOA, additional);
  } catch (error) {
    if (error === malformedMessage) return undefined;
    throw error;
  }
}
