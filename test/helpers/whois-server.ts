import type { WhoisServer } from '../../src/registries/whois/server.js';
import { server } from '../../src/registries/whois/server.js';
import { type DasAction, serveDas } from './das-server.js';

/** A WHOIS server on the loopback interface, for tests. */
export interface ServedWhois {
  /** `127.0.0.1:12345`. */
  readonly address: string;
  /** Its row for the table. */
  readonly server: WhoisServer;
  /** Every question, without the end of its line, in order of arrival. */
  readonly questions: readonly string[];
}

/**
 * Starts a server that is closed after the last test of the file.
 *
 * @param action answers each question.
 * @param row changes to its row of the table; by default, its lines are those of `.it`, and it allows a thousand questions
 *   a second.
 */
export async function serveWhois(action: DasAction, row: Partial<WhoisServer> = {}): Promise<ServedWhois> {
  const { address, questions, service } = await serveDas(action);
  return {
    ...{ address, questions },
    server: server({
      ...{ suffixes: ['it'], host: service.host, port: service.port, limit: service.limit },
      unregistered: [['Domain: {name}', 'Status: AVAILABLE']],
      registered: [['Domain: {name}', 'Created: {any}']],
      ...{ source: 'the tests', seen: '2026' },
      ...row,
    }),
  };
}
