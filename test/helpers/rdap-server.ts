import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Certificate } from './certificate.js';
import type { Action, RdapRequest } from './rdap-server/action.js';
import { listenHttp } from './rdap-server/listen.js';
import { openLoad } from './rdap-server/load.js';
import { fail, notFound } from './rdap-server/replies.js';

export * from './rdap-server/alterations.js';
export * from './rdap-server/bootstrap.js';
export * from './rdap-server/replies.js';
export * from './rdap-server/timing.js';
export type { Action, RdapRequest };

/** A registry's RDAP server on the loopback, for tests. */
export interface RdapServer {
  /** Its base URL, which ends in a slash; any path in front of `domain/NAME` will do. */
  readonly url: string;
  /** Every request, in order of arrival. */
  readonly requests: readonly RdapRequest[];
  /** The most requests that were ever under way together: come, but not wholly answered or given up. */
  readonly peak: number;
  /** Settles once so many requests have come in. */
  received(count: number): Promise<void>;
  /** Settles once every request is answered, or its client has gone. */
  idle(): Promise<void>;
  /** Closes all connections; what was still held is not sent. */
  close(): Promise<void>;
}

/** What is done about names, and about paths, which begin with a slash; another name is not found. */
export type Registrations = Readonly<Record<string, Action>>;

/** Decides what is done about a request. */
export type RdapBehaviour = (request: RdapRequest) => Action;

export interface RdapServerOptions {
  /** With a certificate it speaks HTTPS, without one HTTP. */
  readonly tls?: Certificate | undefined;
  /** The loopback address to listen on, or `localhost`: `127.0.0.1` by default. */
  readonly host?: string;
}

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
  return ({ name, path }) => actions.get(path) ?? actions.get(name) ?? (name === '' ? fail(400) : notFound());
}

/** Refuses what a server may refuse, so that a client's slip shows (RFC 7480 sections 4.1 and 4.2). */
function slipOf({ method, name, accept }: RdapRequest): Action | undefined {
  if (method !== 'GET') return fail(405);
  if (name !== '' && !accept.includes('application/rdap+json')) return fail(406);
  return undefined;
}

/** The requests that came, and who waits for how many of them. */
function openLog() {
  const requests: RdapRequest[] = [];
  const attempts = new Map<string, number>();
  let waiting: { count: number; resolve: () => void }[] = [];

  return {
    requests,
    add(message: IncomingMessage, origin: string, underWay: number): RdapRequest {
      const { method = '', url: path = '', headers, socket } = message;
      const attempt = (attempts.get(path) ?? 0) + 1;
      attempts.set(path, attempt);
      const port = socket.remotePort ?? 0;
      const common = {
        method,
        path,
        name: nameIn(path),
        url: origin + path,
        headers,
        port,
        attempt,
        underWay,
      };
      const request = { ...common, accept: headers.accept ?? '', at: performance.now() };
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

/** Starts a registry that knows these names, or does what the behaviour says. */
export async function startRdapServer(
  behaviour: Registrations | RdapBehaviour,
  { tls, host = '127.0.0.1' }: RdapServerOptions = {},
): Promise<RdapServer> {
  const decide = typeof behaviour === 'function' ? behaviour : fromRegistrations(behaviour);
  const log = openLog();
  const load = openLoad();
  let origin = '';
  const service = await listenHttp(host, tls, load, (message, client) => {
    const request = log.add(message, origin, load.underWay());
    const action = slipOf(request) ?? decide(request);
    action(request, client);
    log.settle();
  });
  origin = `${tls === undefined ? 'http' : 'https'}://${isIPv6(host) ? `[${host}]` : host}:${service.port}`;

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
