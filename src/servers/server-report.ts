import type { UpstreamRecord } from '../dns/resolver/record.js';

/** What a server was good for in a run. */
export type ServerVerdict = 'good' | 'unused' | 'refuses' | 'silent' | 'failing' | 'lies';

/** What a run has learned of one server. */
export interface ServerReport extends Omit<UpstreamRecord, 'lastFailure'> {
  readonly verdict: ServerVerdict;
  /** Why it is useless, in words. */
  readonly reason?: string | undefined;
}

/** Whether a server with this verdict is worth asking again. */
export const isUseful = (verdict: string): boolean => verdict === 'good' || verdict === 'unused';

/**
 * Makes the report of a server.
 *
 * @param lie how it lies, in words, if it does.
 */
export function reportOf({ lastFailure, ...record }: UpstreamRecord, lie: string | undefined): ServerReport {
  const verdict = verdictOf(record, lastFailure, lie);
  const reason = lie ?? (isUseful(verdict) ? undefined : lastFailure);
  return { ...record, verdict, reason };
}

function verdictOf(
  { asked, answered, lost }: Omit<UpstreamRecord, 'lastFailure'>,
  lastFailure: string,
  lie: string | undefined,
): ServerVerdict {
  if (lie !== undefined) return 'lies';
  if (asked === 0) return 'unused';
  if (answered > 0) return 'good';
  if (lastFailure.startsWith('REFUSED')) return 'refuses';
  return lost > 0 ? 'silent' : 'failing';
}

/** What useless servers do, in words for one server and for several, by their verdicts. */
const descriptions = {
  refuses: ['refuses', 'refuse'],
  silent: ['does not answer', 'do not answer'],
  failing: ['fails', 'fail'],
  lies: ['lies', 'lie'],
} as const;

/**
 * Sums up the useless servers: `312 of 1,000 servers are not used: 180 refuse, 90 do not answer, 42 lie`.
 *
 * @returns undefined if there is none.
 */
export function summarizeServers(reports: readonly ServerReport[]): string | undefined {
  const parts = Object.entries(descriptions).flatMap(([verdict, [one, many]]) => {
    const { length } = reports.filter((report) => report.verdict === verdict);
    return length === 0
      ? []
      : [{ length, text: `${length.toLocaleString('en')} ${length === 1 ? one : many}` }];
  });
  if (parts.length === 0) return undefined;
  const useless = parts.reduce((sum, { length }) => sum + length, 0);
  const verb = useless === 1 ? 'is' : 'are';
  const amount = `${useless.toLocaleString('en')} of ${reports.length.toLocaleString('en')} servers ${verb} not used`;
  return `${amount}: ${parts.map(({ text }) => text).join(', ')}`;
}
