import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeStatus, httpGet } from '../../src/util/http.js';
import type { SendRequest } from '../../src/util/send-request.js';
import { bootstrapSource } from './bootstrap.js';
import { publicSuffixSource } from './public-suffixes.js';
import { rootZoneSource } from './root-zone.js';
import type { Problem, Source, Update } from './source.js';

const sources: readonly Source[] = [rootZoneSource, bootstrapSource, publicSuffixSource];

/** Milliseconds that a download may take. */
const timeout = 30_000;

/** How data is refreshed. */
export interface RefreshOptions {
  /** The URL of a server that has the same paths as the publishers; undefined for these themselves. */
  readonly from: string | undefined;
  /** The folder of the project, in which files are written. */
  readonly root: string;
  /** Sends a request. */
  readonly request?: SendRequest;
  /** Prints a line. */
  readonly print: (line: string) => void;
}

/**
 * Fetches the data that can be fetched, writes it to the files of the project, and prints what has changed. What cannot be
 * fetched, or does not have its form, is kept as it is.
 *
 * @returns whether everything was fetched.
 */
export async function refresh({ from, root, request, print }: RefreshOptions): Promise<boolean> {
  let isComplete = true;
  for (const source of sources) {
    const update = await fetchUpdate(source, from, request);
    if ('problem' in update) {
      isComplete = false;
      print(`${source.name}: kept, because ${update.problem}`);
    } else {
      if (update.file) await writeFile(join(root, update.file.path), update.file.text);
      print(`${source.name}: ${update.changes}`);
    }
  }
  return isComplete;
}

async function fetchUpdate(
  { url, read }: Source,
  from: string | undefined,
  request: SendRequest | undefined,
): Promise<Update | Problem> {
  const address = from === undefined ? url : new URL(new URL(url).pathname, from).href;
  const result = await httpGet(address, '*/*', AbortSignal.timeout(timeout), request);
  if ('failure' in result) return { problem: result.failure };
  if (result.status !== 200) return { problem: describeStatus(result) };
  const update = read(result.body.toString());
  return 'problem' in update ? { problem: `${result.url} does not have ${update.problem}` } : update;
}
