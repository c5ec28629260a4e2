import type { Question } from '../wire/query.js';
import type { Reply } from '../wire/reply.js';

/** The schemes of servers; each has its transport in `transports.ts`. */
export type Scheme = 'auto' | 'udp' | 'tcp' | 'tls' | 'https' | 'system';

/** A name server and the way to reach it. */
export interface Server {
  readonly scheme: Scheme;
  /** How it is named in results and messages: `udp://192.0.2.1:53`, `https://dns.example/dns-query`, `system`. */
  readonly url: string;
  /** Where to connect: an IPv4 or IPv6 address without brackets; for tls and https also a host that the system looks up. */
  readonly address: string;
  readonly port: number;
  /** The host that the certificate must be for, where that is not the address. */
  readonly certificateHost?: string | undefined;
  /** https: where requests go. */
  readonly path?: string | undefined;
}

/** A server's reply. */
export interface Answered {
  readonly reply: Reply;
  /** The URL of the server that it came from. */
  readonly server: string;
}

/** Why there is no reply, or none that says anything about the name. */
export interface Failed {
  readonly failure: string;
  readonly server: string;
  /** The response code, where that is why. */
  readonly rcode?: string;
}

/** What came of asking. */
export type Outcome = Answered | Failed;

/** A question on its way to a server. */
export interface Query {
  readonly question: Question;
  /** The id of the message that it was last sent in, which is the transport's affair. */
  id: number;
  /** It cannot get lost on the way that it goes now, as the transport says when it sends it. */
  reliable: boolean;
}

/** Takes what came of a query: at most once, and never before `ask` has returned. */
export type Settled<Q extends Query> = (query: Q, outcome: Outcome) => void;

/** A way to ask one server. */
export interface Transport<Q extends Query> {
  /** What is asked now is not lost on the way, and is asked again only where it timed out. */
  readonly reliable: boolean;
  /** Ends each query itself in the time given; what does not is asked again by its caller. */
  readonly keepsTime: boolean;
  /** Asks once, and listens until there is an outcome or it is told to forget. */
  ask(query: Q): void;
  /** No outcome is wanted of a query any more, if it has none yet. */
  forget(query: Q): void;
  /** Gives up all that is in flight, without an outcome. */
  close(): void;
}

/**
 * Opens a transport to one server.
 *
 * @param timeout milliseconds that one try may take.
 */
export type OpenTransport = <Q extends Query>(
  server: Server,
  timeout: number,
  settled: Settled<Q>,
) => Transport<Q>;
