import { isPicture } from '../../formats/index.js';
import { jsonLine } from '../../formats/json.js';
import type { Compare } from '../../history/compare.js';
import type { Resumed } from '../../history/resume.js';
import type { Problem } from '../../names/domain-name.js';
import type { ListOptions } from '../../registries/list.js';
import type { Registries } from '../../registries/open.js';
import type { Options } from './options.js';
import type { Clock } from './rounds.js';

// The stages that most runs do not need are loaded only if they are needed.

/** Prepares the registries; undefined if they are not asked. */
export async function openRegistries({ confirm }: Options): Promise<Registries | Problem | undefined> {
  return confirm && (await import('../../registries/open.js')).openRegistries(confirm);
}

/** Says who is asked about the names under each suffix. */
export async function listRegistries(options: ListOptions): Promise<string | Problem> {
  return (await import('../../registries/list.js')).listRegistries(options);
}

/** Prepares the comparison with earlier results; undefined if results are not compared. */
export async function openComparison(
  { since, watch }: Options,
  { now }: Clock,
  signal: AbortSignal,
): Promise<Compare | Problem | undefined> {
  if (since === undefined && watch === undefined) return undefined;
  const history = await import('../../history/compare.js');
  return history.openComparison({ since, withLast: watch !== undefined }, now, signal);
}

/** Opens the results of an earlier run; undefined if this run does not go on with one. */
export async function openResumed(
  { resume, format, sort }: Options,
  signal: AbortSignal,
): Promise<Resumed | Problem | undefined> {
  if (resume === undefined) return undefined;
  const history = await import('../../history/resume.js');
  const keepsResults = isPicture(format) || sort;
  return history.openResumed({ path: resume, toLine: jsonLine, keepsResults }, signal);
}
