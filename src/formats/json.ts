import type { MakeFormat } from './format.js';

/** One JSON object a line (RFC 8259), its keys always in this order; a key without a value is left out. */
export const json: MakeFormat = async () => ({
  header: '',
  line: (result) =>
    `${JSON.stringify({
      name: result.name,
      unicode: result.unicode,
      word: result.word,
      tld: result.tld,
      status: result.status,
      reason: result.reason,
      addresses: result.addresses,
      rcode: result.rcode,
      server: result.server,
      tries: result.tries,
      ms: result.ms,
      evidence: result.evidence,
    })}\n`,
});
