import { printableJson } from '../util/printable.js';
import type { CreateFormat, LineFormat, Reported } from './format.js';

/** Makes the line of a result: its keys are always in this order; those without a value are left out. */
export const jsonLine = (result: Reported): string =>
  `${printableJson(
    JSON.stringify({
      name: result.name,
      unicode: result.unicode,
      word: result.word,
      tld: result.tld,
      status: result.status,
      lastKnown: result.lastKnown,
      lastRegistration: result.lastRegistration,
      was: result.was,
      changes: result.changes,
      // As text in ISO 8601, in UTC.
      at: result.at,
      reason: result.reason,
      registrar: result.registrar,
      created: result.created,
      expires: result.expires,
      statuses: result.statuses,
      forSale: result.forSale,
      addresses: result.addresses,
      rcode: result.rcode,
      server: result.server,
      tries: result.tries,
      ms: result.ms,
      evidence: result.evidence,
    }),
  )}\n`;

/** One JSON object per line (RFC 8259). */
export const json: CreateFormat<LineFormat> = async () => ({ header: '', line: jsonLine });
