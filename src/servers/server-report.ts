import type { UpstreamRecord } from '../dns/resolver/record.js';
import { grouped } from '../util/quantity.js';

/** How a server worked in a run. */
export type ServerVerdict = 'good' | 'unused' | 'refuses' | 'silent' | 'failing' | 'lies';

/** The report of a run about one server. */
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

/** Descriptions of useless servers by their verdicts: of one server, and of several. */
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
    return length === 0 ? [] : [{ length, text: `${grouped(length)} ${length === 1 ? one : many}` }];
  });
  if (parts.length === 0) return undefined;
  const useless = parts.reduce((sum, { length }) => sum + length, 0);
  const verb = useless === 1 ? 'is' : 'are';
  const amount = `${grouped(useless)} of ${grouped(reports.length)} servers ${verb} not used`;
  return `${amount}: ${parts.map(({ text }) => text).join(', ')}`;
}
