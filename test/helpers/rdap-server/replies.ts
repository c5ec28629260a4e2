import { STATUS_CODES } from 'node:http';
import type { Action, RdapRequest, Reply } from './action.js';
import { domainObject, errorObject, helpObject } from './domain.js';

/** How a text is sent: by default with status 200 and the media type of RDAP. */
export interface ContentOptions {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Reply['headers'];
}

const rdapType = 'application/rdap+json';

function text(body: string, { status = 200, type = rdapType, headers = {} }: ContentOptions = {}): Reply {
  return { status, headers: { 'content-type': type, ...headers }, body };
}

/** Sends a text unchanged. */
export function content(body: string, options?: ContentOptions): Action {
  return (_request, client) => client.send(text(body, options));
}

export interface FoundOptions {
  /** The name of the object; by default the one that was asked for. */
  readonly name?: string;
  /** Members to add or replace; `undefined` removes one. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** The minimum length of the body in octets, padded with spaces. */
  readonly octets?: number;
}

/** 200 and a domain object with these states (RFC 9083 section 5.3). */
export function found(
  status: readonly string[] = ['active'],
  { name, members, octets = 0 }: FoundOptions = {},
): Action {
  return (request, client) => {
    const body = JSON.stringify({ ...domainObject(name ?? request.name, status), ...members });
    client.send(text(body + ' '.repeat(Math.max(0, octets - Buffer.byteLength(body)))));
  };
}

/** 200 and the answer to a help query (RFC 9082 section 3.1.6, RFC 9083 section 7). */
export function help(): Action {
  return content(JSON.stringify(helpObject()));
}

/** 200 and the object of another name. */
export function otherName(name: string): Action {
  return found(['active'], { name });
}

/** Any error status with an RDAP body (RFC 9083 section 6). */
export function fail(
  status: number,
  { title, headers = {} }: { title?: string } & Pick<Reply, 'headers'> = {},
): Action {
  return content(JSON.stringify(errorObject(status, title ?? STATUS_CODES[status] ?? 'Error')), {
    status,
    headers,
  });
}

/** 404 with an RDAP body. */
export function notFound(title?: string): Action {
  return fail(404, title === undefined ? {} : { title });
}

/** 404 with no body, as RFC 7480 section 5.3 allows. */
export function notFoundEmpty(): Action {
  return (_request, client) => client.send({ status: 404 });
}

const page = '<!DOCTYPE html>\n<html><title>Test page</title><p>Not a registry, but a web server.</html>\n';

/** 404 with a web page, which says nothing about a name. */
export function html404(): Action {
  return content(page, { status: 404, type: 'text/html' });
}

/** 200 with a web page. */
export function notJson(): Action {
  return content(page, { type: 'text/html' });
}

/** The value of a Retry-After header (RFC 9110 section 10.2.3): seconds, a date, or any text. */
export type RetryAfter = number | Date | string;

function refusal(status: number, retryAfter: RetryAfter | undefined): Action {
  if (retryAfter === undefined) return fail(status);
  const value = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter);
  return fail(status, { headers: { 'retry-after': value } });
}

/** 429 (RFC 7480 section 5.5). */
export function limited(retryAfter?: RetryAfter): Action {
  return refusal(429, retryAfter);
}

/** 503. */
export function unavailable(retryAfter?: RetryAfter): Action {
  return refusal(503, retryAfter);
}

/** Redirects to a location, or to the same look-up at another server. */
export function redirect(to: string | { readonly url: string }, status = 302): Action {
  const locate = ({ name }: RdapRequest) => (typeof to === 'string' ? to : `${to.url}domain/${name}`);
  return (request, client) => client.send({ status, headers: { location: locate(request) } });
}

/** Redirects to the same URL. */
export const loop: Action = (request, client) => redirect(request.path)(request, client);

/** Redirects this many times, each time to a new path, before the action. */
export function redirected(times: number, action: Action): Action {
  return (request, client) => {
    const followed = Number(/^\/redirected\/(\d+)\//.exec(request.path)?.[1] ?? 0);
    if (followed >= times) action(request, client);
    else redirect(`/redirected/${followed + 1}/domain/${request.name}`)(request, client);
  };
}

/** No response at all. */
export const silent: Action = () => {};

/** A connection reset instead of a response. */
export const reset: Action = (_request, client) => client.reset();
