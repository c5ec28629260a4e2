import { connect, constants } from 'node:http2';
import type { Connection, Events, Request } from './connection.js';
import { mediaType, readResponse } from './http-response.js';
import { encodeQuery } from './query.js';
import { openReconnecting } from './reconnecting.js';
import { bracketed } from './server.js';
import { isLoss, socketFailure } from './socket-failure.js';
import { connectTls, type TlsOptions } from './tls.js';
import type { Server, Transport } from './transport.js';

/** What a server that has not said otherwise should take at least (RFC 9113 section 6.5.2). */
const assumedStreams = 100;

/** Asks over HTTP/2 (RFC 8484), each question in a stream of its own; the certificate is verified. */
export function openHttps(server: Server, timeout: number, options?: TlsOptions): Transport {
  const limits = { streams: assumedStreams };
  return openReconnecting(server, timeout, (events) => openSession(server, timeout, limits, events, options));
}

function openSession<R extends Request>(
  server: Server,
  timeout: number,
  limits: { streams: number },
  { freed, retired, ended, answered, unanswered }: Events<R>,
  options: TlsOptions | undefined,
): Connection<R> {
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

  const send = (request: R) => {
    // Id 0, so that caches know the same question again (RFC 8484 section 4.1).
    const query = encodeQuery(0, request.question);
    const stream = session.request({ ...headers, 'content-length': query.length });
    streams++;
    stream.end(query);
    // Not reset at once: many resets would pass for an attack.
    request.forget = () => stream.setTimeout(timeout, () => stream.close(constants.NGHTTP2_CANCEL));
    readResponse(
      stream,
      query,
      request.question,
      url,
      () => session.destroyed,
      (outcome) => {
        streams--;
        freed();
        if (outcome !== undefined) answered(request, outcome);
        // What a session ends with is asked again together.
        else if (!session.destroyed) unanswered(request, `stream reset by ${url}`);
      },
    );
  };

  return {
    get room() {
      return session.closed ? 0 : limits.streams - streams;
    },
    send(requests) {
      for (const request of requests) send(request);
    },
    destroy: () => session.destroy(),
  };
}
