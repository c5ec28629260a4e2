import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** A whole response, with its body as it was sent. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

export interface AskOptions {
  /** The certificate of the authority to trust, as PEM. */
  readonly ca?: string;
  readonly method?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** Sends one request on its own connection, and resolves with the response before its body is read. */
export function open(url: string, options: AskOptions = {}): Promise<IncomingMessage> {
  const { accept = 'application/rdap+json', ...rest } = options;
  const request = url.startsWith('https:') ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    // Keeps the server from closing the connection, which could hide an incomplete response.
    request(url, { ...rest, headers: { accept, connection: 'keep-alive' }, agent: false })
      .on('error', reject)
      .on('response', resolve)
      .end();
  });
}

/** Sends one request on its own connection. Rejects if no whole response comes. */
export async function ask(url: string, options?: AskOptions): Promise<Response> {
  const message = await open(url, options);
  const { statusCode: status = 0, headers } = message;
  return { status, headers, body: await buffer(message) };
}
