import { isPicture } from '../../formats/index.js';
import { jsonLine } from '../../formats/json.js';
import type { Compare } from '../../history/compare.js';
import type { Resumed } from '../../history/resume.js';
import type { ListOptions } from '../../registries/list.js';
import type { Registries } from '../../registries/open.js';
import type { Options } from './options.js';
import { required } from './required.js';
import type { Clock } from './rounds.js';

// The stages that most runs do not need are loaded only if they are needed. Each throws an `Error` with a message for the
// user.

/** Prepares the registries; undefined if they are not asked. */
export async function openRegistries({ confirm }: Options): Promise<Registries | undefined> {
  return confirm && required(await (await import('../../registries/open.js')).openRegistries(confirm));
}

/** Lists which server is asked about the names under each suffix. */
export async function listRegistries(options: ListOptions): Promise<string> {
  return required(await (await import('../../registries/list.js')).listRegistries(options));
}

/** Prepares the comparison with earlier results; undefined if results are not compared. */
export async function openComparison(
  { since, watch }: Options,
  { now }: Clock,
  signal: AbortSignal,
): Promise<Compare | undefined> {
  if (since === undefined && watch === undefined) return undefined;
  const history = await import('../../history/compare.js');
  return required(await history.openComparison({ since, withLast: watch !== undefined }, now, signal));
}

/** Opens the results of an earlier run; undefined if this run does not go on with one. */
export async function openResumed(
  { resume, format, sort }: Options,
  signal: AbortSignal,
): Promise<Resumed | undefined> {
  if (resume === undefined) return undefined;
  const history = await import('../../history/resume.js');
  const keepsResults = isPicture(format) || sort;
  return required(await history.openResumed({ path: resume, toLine: jsonLine, keepsResults }, signal));
}
