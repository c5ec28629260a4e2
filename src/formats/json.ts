import type { CreateFormat, LineFormat } from './format.js';

/** One JSON object per line (RFC 8259). The keys are always in this order; those without a value are left out. */
export const json: CreateFormat<LineFormat> = async () => ({
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
