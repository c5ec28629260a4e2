import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quoted } from '../util/printable.js';
import { type Bootstrap, readBootstrap } from './bootstrap.js';
import { get } from './get.js';
import iana from './iana.json' with { type: 'json' };

/** Where IANA publishes the registry (RFC 9224 section 3). */
const publishedAt = 'https://data.iana.org/rdap/dns.json';

const aDay = 24 * 60 * 60 * 1000;
/** Milliseconds that a newer registry may take to arrive. */
const patience = 5000;

/** The registry that the user names by a path or a URL, or what is wrong with it, in one line. */
export async function givenBootstrap(place: string): Promise<Bootstrap | { readonly problem: string }> {
  const text = /^https?:\/\//i.test(place) ? await download(place) : await read(place);
  const bootstrap = text === undefined ? undefined : parse(text);
  return (
    bootstrap ?? {
      problem: `expected an RDAP bootstrap file (RFC 9224), got ${quoted(place)}: ${text === undefined ? 'it cannot be read' : 'it is none'}`,
    }
  );
}

/**
 * IANA's registry: from the cache where that is less than a day old, else as IANA publishes it now, else
 * from an older cache, else as it was when blogdom was built.
 *
 * @param folder where the registry is kept.
 */
export async function publishedBootstrap(folder: string, url: string = publishedAt): Promise<Bootstrap> {
  const path = join(folder, 'rdap-dns.json');
  const kept = parse((await read(path)) ?? '');
  if (kept && (await age(path)) < aDay) return kept;
  const text = await download(url);
  const fresh = parse(text ?? '');
  if (text !== undefined && fresh) await keep(folder, path, text);
  const builtIn = readBootstrap(iana);
  if (builtIn === undefined)
    throw new TypeError('Expected the built-in registry to be in the form of RFC 9224');
  return fresh ?? kept ?? builtIn;
}

function parse(text: string): Bootstrap | undefined {
  try {
    return readBootstrap(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function download(url: string): Promise<string | undefined> {
  const answer = await get(url, 'application/json', AbortSignal.timeout(patience));
  return 'body' in answer && answer.status === 200 ? answer.body : undefined;
}

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

async function age(path: string): Promise<number> {
  return Math.abs(Date.now() - (await stat(path)).mtimeMs);
}

/** Whole or not at all; a cache that cannot be written costs nothing but the next download. */
async function keep(folder: string, path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, text);
    await rename(draft, path);
  } catch {
    await rm(draft, { force: true }).catch(() => {});
  }
}
