import type { Answer } from '../../src/dns/resolver/resolver.js';
import type { Answered, Failed, Outcome } from '../../src/dns/transport/transport.js';
import type { Reply } from '../../src/dns/wire/reply.js';

/** The URLs of two servers. */
export const primary = 'udp://192.0.2.1:53';
export const secondary = 'udp://192.0.2.2:53';

/** The outcome of a query with a reply, which has no error and no record by default. */
export const replied = (reply: Partial<Reply> = {}, server: string = primary): Answered => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: [], ...reply },
  server,
});

/** The outcome of a query without an answer. */
export const failed = (failure: string, server: string = primary): Failed => ({ failure, server });

/** The answer to a question that took one try: sent at place 1, and received at place 2. */
export const answerWith = (outcome: Outcome, changes: Partial<Answer> = {}): Answer => ({
  outcome,
  asked: outcome.server,
  tries: 1,
  ms: 1,
  sent: 1,
  received: 2,
  ...changes,
});

export const denial: Answered = replied({ rcode: 'NXDOMAIN' });
export const address: Answered = replied({ addresses: ['192.0.2.7'] });
