import type { IncomingMessage } from 'node:http';
import type { Certificate } from './certificate.js';
import type { Action, RdapRequest } from './rdap-server/action.js';
import { listenHttp } from './rdap-server/listen.js';
import { openLoad } from './rdap-server/load.js';
import { fail, help, notFound } from './rdap-server/replies.js';

export * from './rdap-server/alterations.js';
export * from './rdap-server/bootstrap.js';
export * from './rdap-server/replies.js';
export * from './rdap-server/timing.js';
export type { Action, RdapRequest };

/** An RDAP server on the loopback interface, for tests. */
export interface RdapServer {
  /** Its base URL, with a trailing slash. Any path before `domain/NAME` works. */
  readonly url: string;
  /** Every request, in order of arrival. */
  readonly requests: readonly RdapRequest[];
  /**
   * The highest number of requests in flight: received, but neither answered completely nor given up by the
   * client.
   */
  readonly peak: number;
  /** Resolves when this many requests have been received. */
  received(count: number): Promise<void>;
  /** Resolves when no request is in flight. */
  idle(): Promise<void>;
  /** Closes all connections. Replies that are still held are not sent. */
  close(): Promise<void>;
}

/** The action for each name. Other names are not found, and `help` is answered. */
export type Registrations = Readonly<Record<string, Action>>;

/** Chooses the action for a request. */
export type RdapBehaviour = (request: RdapRequest) => Action;

function nameIn(path: string): string {
  const label = /\/domain\/([^/?]+)(?:\?.*)?$/.exec(path)?.[1] ?? '';
  try {
    return decodeURIComponent(label).toLowerCase();
  } catch {
    return label.toLowerCase();
  }
}

function fromRegistrations(registrations: Registrations): RdapBehaviour {
  const actions = new Map(Object.entries(registrations));
  return ({ name, path }) => {
    if (name === '') return path.endsWith('/help') ? help() : fail(400);
    return actions.get(name) ?? notFound();
  };
}

/** The refusal of a request that breaks RFC 7480 sections 4.1 or 4.2, so that a mistake of the client shows. */
function refusalOf({ method, name, accept }: RdapRequest): Action | undefined {
  if (method !== 'GET') return fail(405);
  if (name !== '' && !accept.includes('application/rdap+json')) return fail(406);
  return undefined;
}

/** Records requests, and lets tests wait until a number of them has arrived. */
function openLog() {
  const requests: RdapRequest[] = [];
  const attempts = new Map<string, number>();
  let waiting: { count: number; resolve: () => void }[] = [];

  return {
    requests,
    add(message: IncomingMessage, origin: string): RdapRequest {
      const { method = '', url: path = '', headers, socket } = message;
      const attempt = (attempts.get(path) ?? 0) + 1;
      attempts.set(path, attempt);
      const port = socket.remotePort ?? 0;
      const common = { method, path, name: nameIn(path), url: origin + path, headers, port, attempt };
      const request = { ...common, accept: headers.accept ?? '' };
      requests.push(request);
      return request;
    },
    settle(): void {
      for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
      waiting = waiting.filter(({ count }) => requests.length < count);
    },
    received: (count: number) =>
      new Promise<void>((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

/**
 * Starts a server that has these registrations or this behaviour.
 *
 * @param tls a certificate to serve HTTPS; HTTP by default.
 */
export async function startRdapServer(
  behaviour: Registrations | RdapBehaviour,
  { tls }: { readonly tls?: Certificate | undefined } = {},
): Promise<RdapServer> {
  const decide = typeof behaviour === 'function' ? behaviour : fromRegistrations(behaviour);
  const log = openLog();
  const load = openLoad();
  let origin = '';
  const service = await listenHttp(tls, load, (message, client) => {
    const request = log.add(message, origin);
    const action = refusalOf(request) ?? decide(request);
    action(request, client);
    log.settle();
  });
  origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${service.port}`;

  let closed: Promise<void> | undefined;
  return {
    url: `${origin}/`,
    requests: log.requests,
    get peak() {
      return load.peak();
    },
    received: log.received,
    idle: load.idle,
    close() {
      closed ??= service.close();
      return closed;
    },
  };
}
