import { type ClientHttp2Stream, connect, constants } from 'node:http2';
import { bracketed, withoutZone } from '../../util/ip-address.js';
import { encodeQuery } from '../wire/query.js';
import type { Connection, ConnectionEvents } from './connection/connection.js';
import { type Ending, endingOf } from './connection/ending.js';
import { openReconnecting } from './connection/reconnecting.js';
import { createPermanentFailures, type PermanentFailures } from './https-failures.js';
import { cacheableId, mediaType, readResponse } from './https-response.js';
import { connectTls, type TlsOptions } from './tls.js';
import type { Endpoint, Outcome, Query, Transport, TransportContext } from './transport.js';

/** The number of streams assumed to be allowed until the server announces its limit (RFC 9113 section 6.5.2). */
const assumedStreamLimit = 100;

/**
 * Opens a transport over HTTPS (RFC 8484): HTTP/2, with each query in a stream of its own. The server's certificate is
 * verified.
 */
export function openHttps<Q extends Query>(
  endpoint: Endpoint,
  context: TransportContext<Q>,
  options?: TlsOptions,
): Transport<Q> {
  const known = { streamLimit: assumedStreamLimit, failures: createPermanentFailures() };
  return openReconnecting(endpoint, context, (events) =>
    openSession(endpoint, context, known, events, options),
  );
}

/** Knowledge of a server that its sessions share. */
interface Known {
  /** The most streams that it allows at once. */
  streamLimit: number;
  readonly failures: PermanentFailures;
}

/** @param known is shared by all sessions with the server. */
function openSession<Q extends Query>(
  endpoint: Endpoint,
  { timeout, platform: { clock } }: TransportContext<Q>,
  known: Known,
  { settled, capacityFreed, retired, ended }: ConnectionEvents<Q>,
  options: TlsOptions | undefined,
): Connection<Q> {
  const { url } = endpoint;
  const { socket, session, headers } = startSession(endpoint, options);
  let isSecure = false;
  socket.once('secureConnect', () => {
    isSecure = true;
  });
  let ending = endingOf(endpoint, undefined, false);
  const noHttp2: Ending = { failure: `no HTTP/2 at ${url}`, kind: 'protocol' };
  const inFlight = new Map<Q, ClientHttp2Stream | undefined>();
  let isRetired = false;
  /** Open streams, including those of forgotten queries. */
  let streams = 0;

  const destroy = () => {
    session.destroy();
    // Otherwise, the session would wait until the socket's handshake has ended.
    socket.destroy();
  };

  session.on('connect', () => {
    if (session.destroyed || socket.alpnProtocol === 'h2') return;
    ending = noHttp2;
    destroy();
  });
  session.on('remoteSettings', ({ maxConcurrentStreams = Number.POSITIVE_INFINITY }) => {
    // A server that allows none gets one anyway: without a query in flight, its silence would not be noticed.
    known.streamLimit = Math.max(maxConcurrentStreams, 1);
    capacityFreed();
  });
  session.on('goaway', () => {
    isRetired = true;
    retired();
  });
  session.on('error', (error) => {
    ending = isAboutAlpn(error) ? noHttp2 : endingOf(endpoint, error, isSecure);
  });
  session.on('close', () => ended(ending));
  socket.on('close', () => setImmediate(() => session.destroy()));

  /**
   * The outcome of a query whose stream was reset. A server that refuses a stream, or goes away, has not processed the
   * query (RFC 9113 section 8.7).
   */
  const resetOf = ({ rstCode }: ClientHttp2Stream): Outcome => {
    const isRefused = rstCode === constants.NGHTTP2_REFUSED_STREAM;
    const failure = `stream ${isRefused ? 'refused' : 'reset'} by ${url}`;
    const common = { failure, server: url } as const;
    if (isRefused) return { ...common, hasReplied: true, isUnprocessed: true };
    return isRetired ? { ...common, isUnprocessed: true } : common;
  };

  const send = (query: Q) => {
    const message = encodeQuery(cacheableId, query.question);
    const stream = session.request({ ...headers, 'content-length': message.length });
    inFlight.set(query, stream);
    streams++;
    const failuresBefore = known.failures.count();
    const context = { server: url, clock, isConnectionClosed: () => session.destroyed };
    readResponse(stream, query.question, context, (outcome) => {
      streams--;
      capacityFreed();
      if (inFlight.get(query) !== stream) return;
      // The session's 'close' event follows, after which all its queries fail together.
      if (outcome === undefined && session.destroyed) return;
      inFlight.delete(query);
      settled(query, outcome ? known.failures.review(outcome, failuresBefore) : resetOf(stream));
    });
    stream.end(message);
  };

  return {
    capacity: () => (session.closed || session.destroyed ? 0 : known.streamLimit - streams),
    send(queries) {
      for (const query of queries) inFlight.set(query, undefined);
      try {
        for (const query of queries) send(query);
      } catch {
        // The session has ended in the meantime. The queries that were not sent stay with it until it reports that.
        destroy();
      }
    },
    has: (query) => inFlight.has(query),
    forget(query) {
      const stream = inFlight.get(query);
      // The stream is not reset at once, because servers treat many resets as an attack.
      stream?.setTimeout(timeout, () => stream.close(constants.NGHTTP2_CANCEL));
      return inFlight.delete(query);
    },
    forgetAll() {
      const all = [...inFlight.keys()];
      inFlight.clear();
      return all;
    },
    count: () => inFlight.size,
    destroy,
  };
}

/** Starts a session of HTTP/2, and makes the headers of its requests. */
function startSession(endpoint: Endpoint, options: TlsOptions | undefined) {
  const { address, certificateHost = withoutZone(address), port, path } = endpoint;
  const socket = connectTls(endpoint, 'h2', options);
  // The session handles the socket's errors, but not those after it has released the socket.
  socket.on('error', ignore);
  const authority = `${bracketed(certificateHost)}${port === 443 ? '' : `:${port}`}`;
  const session = connect(`https://${authority}`, {
    createConnection: () => socket,
    settings: { enablePush: false },
  });
  // Refuses a pushed stream, which was not allowed.
  session.on('stream', (stream) => {
    stream.on('error', ignore);
    stream.close(constants.NGHTTP2_REFUSED_STREAM);
  });
  const headers = {
    ':method': 'POST',
    ':authority': authority,
    ':path': path,
    accept: mediaType,
    'content-type': mediaType,
  };
  return { socket, session, headers };
}

/** Whether a server has refused the only protocol that was offered (RFC 7301 section 3.2). */
const isAboutAlpn = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';

function ignore(): void {}
