import { formatIPv4, formatIPv6 } from '../../util/ip-address.js';
import { readName, skipName } from './name.js';
import { type Occurrence, readOccurrence } from './nsec.js';
import { malformedMessage, octetAt } from './octets.js';
import { recordTypes } from './record-types.js';
import type { ResourceRecord } from './resource-records.js';

/** Follows the aliases of a name in an answer. Returns the end of the chain; undefined if there is none. */
export function followAliases(
  message: Uint8Array,
  name: string,
  records: readonly ResourceRecord[],
): string | undefined {
  let target: string | undefined;
  // A chain with more steps than there are records is a loop.
  for (let step = 0; step < records.length; step++) {
    const owner = target ?? name;
    const alias = records.find((record) => record.type === recordTypes.CNAME && record.owner === owner);
    if (alias === undefined) return target;
    target = readName(message, alias.start);
    if (skipName(message, alias.start) !== alias.end) throw malformedMessage;
  }
  return target;
}

/** Reads the addresses of a name. */
export function readAddresses(
  message: Uint8Array,
  owner: string,
  records: readonly ResourceRecord[],
): string[] {
  const addresses: string[] = [];
  for (const record of records) {
    if (record.owner !== owner) continue;
    if (record.type !== recordTypes.A && record.type !== recordTypes.AAAA) continue;
    if (record.end - record.start !== (record.type === recordTypes.A ? 4 : 16)) throw malformedMessage;
    addresses.push((record.type === recordTypes.A ? formatIPv4 : formatIPv6)(message, record.start));
  }
  return addresses;
}

/** Reads the TXT records of a name. The strings of a record are joined (RFC 1035 section 3.3.14). */
export const readTexts = (
  message: Uint8Array,
  name: string,
  records: readonly ResourceRecord[],
): Uint8Array[] =>
  records
    .filter(({ type, owner }) => type === recordTypes.TXT && owner === name)
    .map(({ start, end }) => {
      const octets: number[] = [];
      for (let offset = start; offset < end; ) {
        const next = offset + 1 + octetAt(message, offset);
        if (next > end) throw malformedMessage;
        octets.push(...message.subarray(offset + 1, next));
        offset = next;
      }
      return Uint8Array.from(octets);
    });

/** Reads the NSEC record at a name; undefined if there is none. */
export function occurrenceOf(
  message: Uint8Array,
  name: string,
  records: readonly ResourceRecord[],
): Occurrence | undefined {
  const found = records.find(({ type, owner }) => type === recordTypes.NSEC && owner === name);
  return found && readOccurrence(message, found.start, found.end);
}

/** The names in the NS records of a zone. */
export const serverNamesOf = (
  message: Uint8Array,
  zone: string | undefined,
  records: readonly ResourceRecord[],
): string[] =>
  records
    .filter(({ type, owner }) => type === recordTypes.NS && owner === zone)
    .map(({ start }) => readName(message, start));
