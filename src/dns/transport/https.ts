import { type ClientHttp2Stream, connect, constants } from 'node:http2';
import { bracketed } from '../../probe/servers.js';
import { isLoss, socketFailure } from '../../util/network-failure.js';
import { encodeQuery } from '../wire/query.js';
import type { Connection, Events } from './connection.js';
import { cacheableId, mediaType, readResponse } from './http-response.js';
import { openReconnecting } from './reconnecting.js';
import { connectTls, type TlsOptions } from './tls.js';
import type { Query, Server, Settled, Transport } from './transport.js';

/** What a server that has not said otherwise should take at least (RFC 9113 section 6.5.2). */
const assumedStreams = 100;

/** Asks over HTTP/2 (RFC 8484), each question in a stream of its own; the certificate is verified. */
export function openHttps<Q extends Query>(
  server: Server,
  timeout: number,
  settled: Settled<Q>,
  options?: TlsOptions,
): Transport<Q> {
  const limits = { streams: assumedStreams };
  return openReconnecting(server, timeout, settled, (events) =>
    openSession(server, timeout, limits, events, options),
  );
}

function openSession<Q extends Query>(
  server: Server,
  timeout: number,
  limits: { streams: number },
  { freed, retired, ended, answered, unanswered }: Events<Q>,
  options: TlsOptions | undefined,
): Connection<Q> {
  const { url, address, certificateHost = address, port, path } = server;
  const socket = connectTls(server, 'h2', options);
  const authority = `${bracketed(certificateHost)}${port === 443 ? '' : `:${port}`}`;
  const session = connect(`https://${authority}`, {
    createConnection: () => socket,
    settings: { enablePush: false },
  });
  const headers = {
    ':method': 'POST',
    ':path': path,
    accept: mediaType,
    'content-type': mediaType,
  };
  const inFlight = new Map<Q, ClientHttp2Stream>();
  let streams = 0;
  let failure = `connection closed by ${url}`;
  let hopeless = false;

  session.on('connect', () => {
    if (socket.alpnProtocol === 'h2') return;
    failure = `no HTTP/2 at ${url}`;
    hopeless = true;
    session.destroy();
  });
  session.on('remoteSettings', ({ maxConcurrentStreams = Number.POSITIVE_INFINITY }) => {
    limits.streams = maxConcurrentStreams;
    freed();
  });
  session.on('goaway', retired);
  session.on('error', (error) => {
    failure = socketFailure(error, server);
    hopeless = !isLoss(error);
  });
  session.on('close', () => ended(failure, hopeless));

  const send = (query: Q) => {
    const message = encodeQuery(cacheableId, query.question);
    const stream = session.request({ ...headers, 'content-length': message.length });
    inFlight.set(query, stream);
    streams++;
    stream.end(message);
    const isCut = () => session.destroyed;
    readResponse(stream, query.question, url, isCut, (outcome) => {
      streams--;
      freed();
      if (inFlight.get(query) !== stream) return;
      // What a session ends with is asked again together.
      if (outcome === undefined && session.destroyed) return;
      inFlight.delete(query);
      if (outcome === undefined) unanswered(query, `stream reset by ${url}`);
      else answered(query, outcome);
    });
  };

  return {
    room: () => (session.closed ? 0 : limits.streams - streams),
    send(queries) {
      for (const query of queries) send(query);
    },
    forget(query) {
      const stream = inFlight.get(query);
      // Not reset at once: many resets would pass for an attack.
      stream?.setTimeout(timeout, () => stream.close(constants.NGHTTP2_CANCEL));
      return inFlight.delete(query);
    },
    takeAll() {
      const all = [...inFlight.keys()];
      inFlight.clear();
      return all;
    },
    destroy: () => session.destroy(),
  };
}
