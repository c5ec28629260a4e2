import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openHttps } from '../../../src/dns/transport/https.js';
import { openTcp } from '../../../src/dns/transport/tcp.js';
import { openTls } from '../../../src/dns/transport/tls.js';
import type { OnSettled, Outcome, Query, Transport } from '../../../src/dns/transport/transport.js';
import type { Question } from '../../../src/dns/wire/query.js';
import { type Authority, type Certificate, makeAuthority } from '../../helpers/certificate.js';
import type { Behaviour, NameServer, NameServerOptions, Zone } from '../../helpers/name-server.js';
import { patient, question, serve, serverAt } from '../../helpers/resolving.js';

/** The schemes of the transports that keep a connection. */
export const schemes = ['tcp', 'tls', 'https'] as const;
export type Scheme = (typeof schemes)[number];

/** The certificate authority of one test file, and a certificate for its servers. */
export interface Trusted {
  authority(): Authority;
  certificate(): Certificate;
}

/** Creates an authority and a certificate for the loopback addresses before the first test of the file. */
export function useAuthority(): Trusted {
  let authority: Authority | undefined;
  let certificate: Certificate | undefined;
  beforeAll(async () => {
    authority = await makeAuthority();
    certificate = await authority.issue();
  });
  afterAll(() => authority?.remove());
  const required = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('Expected the authority to be used only inside a test');
    return value;
  };
  return { authority: () => required(authority), certificate: () => required(certificate) };
}

/** The URL of a server that is asked over a scheme. */
export const urlOf = (scheme: Scheme, { address }: { readonly address: string }): string =>
  `${scheme}://${address}${scheme === 'https' ? '/dns-query' : ''}`;

/** Starts a name server that can be asked over a scheme. It is closed when the test ends. */
export function serveOver(
  scheme: Scheme,
  { cert, key }: Certificate,
  behaviour: Zone | Behaviour,
  options?: NameServerOptions,
): Promise<NameServer> {
  return serve(
    behaviour,
    scheme === 'tcp' ? options : { ...options, secure: { protocol: scheme, cert, key } },
  );
}

interface TestQuery extends Query {
  readonly settle: (outcome: Outcome) => void;
}

/** A transport that passes the outcome of each question to a function of its own. */
export interface CallbackTransport {
  /** @returns a function that forgets the query. */
  ask(question: Question, settle: (outcome: Outcome) => void): () => void;
  close(): void;
}

/** Opens a transport that is closed when the test ends. */
export function openWithCallbacks(
  open: (settled: OnSettled<TestQuery>) => Transport<TestQuery>,
): CallbackTransport {
  const transport = open((query, outcome) => query.settle(outcome));
  onTestFinished(() => transport.close());
  return {
    ask(question, settle) {
      const query = { question, id: 0, reliable: false, settle };
      transport.ask(query);
      return () => transport.forget(query);
    },
    close: () => transport.close(),
  };
}

/** Opens the transport to a server, trusting an authority. It is closed when the test ends. */
export function connectTo(url: string, { cert }: Authority, timeout = patient.timeout): CallbackTransport {
  const server = serverAt({ address: url });
  return openWithCallbacks((settled) =>
    server.scheme === 'tcp'
      ? openTcp(server, timeout, settled)
      : (server.scheme === 'tls' ? openTls : openHttps)(server, timeout, settled, { ca: cert }),
  );
}

/** Asks for one name. */
export const outcomeOf = (transport: CallbackTransport, name: string): Promise<Outcome> =>
  new Promise((resolve) => void transport.ask(question(name), resolve));

/** Asks for names, all at once. Returns their outcomes as texts, in order; rejects if one has two outcomes. */
export function askEach(transport: CallbackTransport, names: readonly string[]): Promise<string[]> {
  const asked = names.map(
    (name) =>
      new Promise<string>((resolve, reject) => {
        let outcomes = 0;
        transport.ask(question(name), (outcome) => {
          outcomes++;
          if (outcomes > 1) reject(new Error(`Expected one outcome for ${name}, got another`));
          // Leaves time for a second outcome, which would be a mistake.
          setImmediate(() => resolve(textOf(outcome)));
        });
      }),
  );
  return Promise.all(asked);
}

/** The addresses, or the response code if there are none, or the failure. */
const textOf = (outcome: Outcome): string =>
  'failure' in outcome ? outcome.failure : outcome.reply.addresses.join(' ') || (outcome.reply.rcode ?? '');
