import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterFile } from './closing.js';

/** An HTTP proxy on the loopback interface. */
export interface Proxy {
  /** Its URL, without a user. */
  readonly url: URL;
  /** The first line of each request, such as `CONNECT 127.0.0.1:443`, and what the client says of itself. */
  readonly requests: readonly { readonly line: string; readonly authorization: string | undefined }[];
}

/**
 * Starts a proxy that is closed after the last test of the file.
 *
 * @param refusal the status with which it refuses everything; it refuses nothing if not set.
 */
export async function serveProxy(refusal?: number): Promise<Proxy> {
  const requests: { line: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((message, response) => {
    const { method, url = '', headers } = message;
    requests.push({ line: `${method} ${url}`, authorization: headers['proxy-authorization'] });
    if (refusal !== undefined) response.writeHead(refusal).end('refused');
    else pass(url, { ...headers, 'proxy-authorization': undefined }, response);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', ({ url = '', headers }, client: Socket) => {
    requests.push({ line: `CONNECT ${url}`, authorization: headers['proxy-authorization'] });
    client.on('error', () => {});
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} Refused\r\ncontent-length: 2\r\n\r\n{}`);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connected\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    sockets.add(target);
    target.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterFile(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/`), requests };
}

/** Passes a request on, and its response back. */
function pass(url: string, headers: Readonly<Record<string, unknown>>, response: ServerResponse): void {
  const accept = String(headers['accept']);
  const onward = request(url, { headers: { accept } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  onward.end();
}
