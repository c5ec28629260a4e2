import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '../../names/domain-name.js';
import { type Clock, systemClock } from '../../util/clock.js';
import { httpGet } from '../../util/http.js';
import { parseJson } from '../../util/json.js';
import { quoted } from '../../util/printable.js';
import type { Proxies } from '../../util/proxies.js';
import { replaceFile } from '../../util/replace-file.js';
import type { SendRequest } from '../../util/send-request.js';
import { withinTime } from '../client/time-limit.js';
import { type Bootstrap, readBootstrap, readBuiltIn } from './bootstrap.js';
import iana from './iana.json' with { type: 'json' };

/** Where IANA publishes its bootstrap file for domains (RFC 9224 section 3). */
const publishedAt = 'https://data.iana.org/rdap/dns.json';

/** Milliseconds for which a cached file is used without a download: a day. */
const maximumAge = 24 * 60 * 60 * 1000;
/** Milliseconds that a download may take. */
const downloadTimeout = 5000;

/** Where the bootstrap file is from. */
export interface BootstrapOptions {
  /** The path or URL of a bootstrap file (RFC 9224) to use instead of IANA's. */
  readonly bootstrap: string | undefined;
  /** The folder in which IANA's bootstrap file is cached; undefined if it is not cached. */
  readonly cacheFolder: string | undefined;
  /** The proxies through which registries are asked, and the file is downloaded; by default none. */
  readonly proxies?: Proxies | undefined;
}

/** Loads a bootstrap file from a path or a URL, or reports in one line what is wrong with it. */
export async function loadBootstrap(
  location: string,
  clock: Clock = systemClock,
  request?: SendRequest,
): Promise<Bootstrap | Problem> {
  const isUrl = /^https?:\/\//i.test(location);
  const text = isUrl ? await download(location, clock, request) : await read(location);
  const bootstrap = text === undefined ? undefined : parse(text);
  if (bootstrap) return bootstrap;
  const isMissing = !isUrl && text === undefined && !existsSync(location);
  const problem = isMissing ? 'there is no such file' : 'it cannot be read';
  const detail = text === undefined ? problem : 'it is not in that format';
  return { problem: `expected an RDAP bootstrap file (RFC 9224), got ${quoted(location)}: ${detail}` };
}

/**
 * Loads IANA's bootstrap file: from the cache if that is less than a day old, otherwise from IANA. If the download
 * fails, an older file in the cache is used, or else the copy that blogdom was built with.
 *
 * @param cacheFolder is created when the first file is saved; undefined if nothing is cached.
 */
export async function loadPublishedBootstrap(
  cacheFolder: string | undefined,
  url: string = publishedAt,
  clock: Clock = systemClock,
  request?: SendRequest,
): Promise<Bootstrap> {
  const path = cacheFolder === undefined ? undefined : join(cacheFolder, 'rdap-dns.json');
  const cached = path === undefined ? undefined : parse((await read(path)) ?? '');
  if (path !== undefined && cached && (await age(path, clock)) < maximumAge) return cached;
  const text = await download(url, clock, request);
  const downloaded = parse(text ?? '');
  if (path !== undefined && text !== undefined && downloaded) await save(path, text);
  return downloaded ?? cached ?? readBuiltIn(iana);
}

const parse = (text: string): Bootstrap | undefined => readBootstrap(parseJson(text));

async function download(
  url: string,
  clock: Clock,
  request: SendRequest | undefined,
): Promise<string | undefined> {
  const result = await withinTime(downloadTimeout, clock, (signal) =>
    httpGet(url, 'application/json', signal, request),
  );
  return 'body' in result && result.status === 200 ? result.body.toString() : undefined;
}

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** Returns the age of a file in milliseconds. A date far in the future counts as old, too. */
async function age(path: string, clock: Clock): Promise<number> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  return Math.abs(clock.date().getTime() - mtimeMs);
}

/** Saves a file. A failure is ignored: it only costs another download next time. */
async function save(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    replaceFile(path, text);
  } catch {}
}
