import { readFileSync } from 'node:fs';
import { constants, createSecureServer } from 'node:http2';
import type { Https } from './faults.js';
import type { Receive } from './tcp.js';

/**
 * Listens for queries over HTTP/2 (RFC 8484).
 *
 * @param refused called for each stream that is refused.
 */
export function listenHttps(
  { port, certFile, keyFile, streams }: Https,
  receive: Receive,
  refused: () => void,
): void {
  const certificate = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  const server = createSecureServer({ ...certificate, settings: { maxConcurrentStreams: 100 } });
  server.on('session', (session) => {
    let open = 0;
    session.on('error', () => {});
    session.on('stream', (stream) => {
      stream.on('error', () => {});
      if (open === streams) {
        refused();
        stream.close(constants.NGHTTP2_REFUSED_STREAM);
        return;
      }
      open++;
      stream.on('close', () => open--);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () =>
        receive(Buffer.concat(chunks), (reply) => {
          if (stream.destroyed) return;
          stream.respond({ ':status': 200, 'content-type': 'application/dns-message' });
          stream.end(reply);
        }),
      );
    });
  });
  server.listen(port, '127.0.0.1');
}
