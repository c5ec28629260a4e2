import { skipName } from './name.js';
import { malformedMessage, octetAt, uint16At } from './octets.js';
import { recordTypes } from './record-types.js';

/** An extended DNS error (RFC 8914 section 2). */
export interface ExtendedError {
  readonly code: number;
  /** The meaning of the code, in words. */
  readonly meaning: string;
}

/** The number of the option (RFC 8914 section 6.1). */
const optionCode = 15;

/**
 * Meanings of the codes: IANA's registry "Extended DNS Error Codes" (RFC 8914 section 4),
 * https://www.iana.org/assignments/dns-parameters/#extended-dns-error-codes.
 */
const meanings: Readonly<Record<number, string>> = {
  0: 'other error',
  1: 'unsupported DNSKEY algorithm',
  2: 'unsupported DS digest type',
  3: 'stale answer',
  4: 'forged answer',
  5: 'DNSSEC validation could not be completed',
  6: 'DNSSEC validation failed',
  7: 'DNSSEC validation failed: a signature has expired',
  8: 'DNSSEC validation failed: a signature is not valid yet',
  9: 'DNSSEC validation failed: a DNSKEY record is missing',
  10: 'DNSSEC validation failed: signatures are missing',
  11: 'DNSSEC validation failed: no zone key bit is set',
  12: 'DNSSEC validation failed: an NSEC record is missing',
  13: 'failed before, and the failure was kept',
  14: 'the server is not ready',
  15: 'blocked by policy',
  16: 'blocked by policy: censored',
  17: 'blocked by policy: filtered',
  18: 'blocked by policy: prohibited',
  19: 'stale denial',
  20: 'not authoritative',
  21: 'not supported',
  22: 'no reachable authority',
  23: 'network error',
  24: 'invalid data',
  25: 'DNSSEC validation failed: a signature expired before it was valid',
  26: 'asked too early',
  27: 'DNSSEC validation failed: unsupported NSEC3 iterations',
  28: 'against the policy of the server',
  29: 'made up by the server',
  30: 'invalid query type',
};

/** Whether an error says that signatures are wrong or missing (RFC 8914 sections 4.2, 4.3 and 4.6 to 4.13). */
export const isAboutDnssec = ({ code }: ExtendedError): boolean =>
  code === 1 || code === 2 || (code >= 5 && code <= 12) || code === 25 || code === 27;

/** Whether an error says that the server forges the answer or withholds the name on purpose (RFC 8914 sections 4.5 and 4.16 to 4.18). */
export const isAboutBlocking = ({ code }: ExtendedError): boolean => code === 4 || (code >= 15 && code <= 17);

/** What an OPT record adds to a message. */
export interface Opt {
  /** The upper eight bits of the response code (RFC 6891 section 6.1.3). */
  readonly upperRcode: number;
  readonly extendedErrors: readonly ExtendedError[];
}

/** A message without an OPT record has none of these. */
const noOpt: Opt = { upperRcode: 0, extendedErrors: [] };

/**
 * Reads the OPT record in the additional section of a message.
 *
 * @param start offset of that section, or of one before it.
 * @param count the number of records from there on.
 * @throws `malformedMessage` if a record or an option is cut off.
 */
export function readOpt(message: Uint8Array, start: number, count: number): Opt {
  let offset = start;
  for (let left = count; left > 0; left--) {
    const fieldsStart = skipName(message, offset);
    const end = fieldsStart + 10 + uint16At(message, fieldsStart + 8);
    if (end > message.length) throw malformedMessage;
    if (uint16At(message, fieldsStart) === recordTypes.OPT) {
      const extendedErrors = readOptions(message, fieldsStart + 10, end);
      return { upperRcode: octetAt(message, fieldsStart + 4), extendedErrors };
    }
    offset = end;
  }
  return noOpt;
}

/**
 * Reads the options of an OPT record (RFC 6891 section 6.1.2). The text of an error is ignored, since anybody could
 * have written it.
 */
function readOptions(message: Uint8Array, start: number, end: number): ExtendedError[] {
  const errors: ExtendedError[] = [];
  for (let offset = start; offset < end; ) {
    const length = uint16At(message, offset + 2);
    const next = offset + 4 + length;
    if (next > end) throw malformedMessage;
    if (uint16At(message, offset) === optionCode && length >= 2) {
      const code = uint16At(message, offset + 4);
      errors.push({ code, meaning: meanings[code] ?? `extended error ${code}` });
    }
    offset = next;
  }
  return errors;
}
