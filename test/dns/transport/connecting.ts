import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openHttps } from '../../../src/dns/transport/https.js';
import { systemPlatform } from '../../../src/dns/transport/platform.js';
import { openTcp } from '../../../src/dns/transport/tcp.js';
import { openTls, type TlsOptions } from '../../../src/dns/transport/tls.js';
import type {
  Endpoint,
  Outcome,
  Query,
  Transport,
  TransportContext,
} from '../../../src/dns/transport/transport.js';
import { type Authority, type Certificate, makeAuthority } from '../../helpers/certificate.js';
import {
  answer,
  type Behaviour,
  type NameServer,
  type NameServerOptions,
  type Zone,
} from '../../helpers/name-server.js';
import { serve } from '../../helpers/serve.js';
import { question } from './played.js';

/** The schemes of the transports that keep a connection. */
export const schemes = ['tcp', 'tls', 'https'] as const;
export type Scheme = (typeof schemes)[number];

/** The true answer in these tests, and the one that a forger sends. */
export const one = answer('192.0.2.1');
export const forged = answer('192.0.2.66');

/** `x1.dev`, `x2.dev` and so on. */
export const manyNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `x${index + 1}.dev`);

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

/**
 * The endpoint of a server that is asked over a scheme.
 *
 * @param address an address or a host name, and a port.
 */
export function endpointOf(scheme: Scheme, { address }: { readonly address: string }): Endpoint {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  return {
    url: urlOf(scheme, { address }),
    address: host,
    port: Number(port),
    ...(scheme === 'https' && { path: '/dns-query' }),
  };
}

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

/** A query that has been asked. */
export interface Asked {
  forget(): void;
  /** Says that the reply is overdue. */
  suspect(): void;
}

/** A transport that passes the outcome of each query to a function of its own. */
export interface CallbackTransport {
  ask(name: string, settle: (outcome: Outcome) => void): Asked;
  capacity(): number;
  close(): void;
}

const longerThanAnyTest = 3_600_000;

/** Opens a transport over the sockets of the system. It is closed when the test ends. */
export function openWithCallbacks(
  open: (context: TransportContext<TestQuery>) => Transport<TestQuery>,
  timeout = longerThanAnyTest,
): CallbackTransport {
  const transport = open({
    platform: systemPlatform,
    timeout,
    settled: (query, outcome) => query.settle(outcome),
  });
  onTestFinished(() => transport.close());
  return {
    ask(name, settle) {
      const query = {
        question: question(name),
        id: 0,
        position: 0,
        socket: 0,
        letterCase: 0,
        needsStream: false,
        settle,
      };
      const sentAt = systemPlatform.clock.now();
      transport.ask(query);
      return {
        forget: () => transport.forget(query),
        suspect: () => transport.suspect(query, sentAt),
      };
    },
    capacity: () => transport.capacity(false),
    close: () => transport.close(),
  };
}

const openers = {
  tcp: <Q extends Query>(endpoint: Endpoint, context: TransportContext<Q>, _options: TlsOptions) =>
    openTcp(endpoint, context),
  tls: openTls,
  https: openHttps,
};

/** Opens the transport to a server over a scheme, trusting an authority. It is closed when the test ends. */
export const connectTo = (
  scheme: Scheme,
  endpoint: Endpoint,
  { cert }: Authority,
  timeout?: number,
): CallbackTransport =>
  openWithCallbacks((context) => openers[scheme](endpoint, context, { ca: cert }), timeout);

/** Asks for one name. */
export const outcomeOf = (transport: CallbackTransport, name: string): Promise<Outcome> =>
  new Promise((resolve) => void transport.ask(name, resolve));

/** Asks for names, all at once. Returns their outcomes as texts, in order; rejects if one has two outcomes. */
export function askEach(transport: CallbackTransport, names: readonly string[]): Promise<string[]> {
  const asked = names.map(
    (name) =>
      new Promise<string>((resolve, reject) => {
        let outcomes = 0;
        transport.ask(name, (outcome) => {
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
