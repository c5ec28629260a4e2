import type { Attempt } from './question.js';
import type { Upstream } from './upstream.js';

/** The record of one server in a run. */
export interface UpstreamRecord {
  /** The URL of the server, without a scheme if none was given. */
  readonly server: string;
  /** Queries sent. */
  readonly asked: number;
  /** Queries with a reply that says something about the name. */
  readonly answered: number;
  /** Queries without a reply in time. */
  readonly lost: number;
  /** An estimate of the median round-trip time, in milliseconds; undefined without a reply. */
  readonly median: number | undefined;
  /** The last failure, in words. */
  readonly lastFailure: string;
}

/** Returns the record of an upstream. */
export function recordOf({
  server: { scheme, url },
  asked,
  answered,
  lost,
  lastFailure,
  roundTripTime: { median },
}: Upstream<Attempt>): UpstreamRecord {
  return {
    server: scheme === 'auto' ? url.replace(/^udp:\/\//, '') : url,
    asked,
    answered,
    lost,
    median: median === undefined ? undefined : Math.round(median * 10) / 10,
    lastFailure,
  };
}
