import type { Problem } from '../names/domain-name.js';
import { printable } from '../util/printable.js';
import { requestThrough } from '../util/request-through.js';
import { addressOf } from './client/exchange.js';
import type { RequestLimit } from './client/request-pacing.js';
import { createDirectory, type Listing } from './directory.js';
import { type BootstrapOptions, loadBootstrap, loadPublishedBootstrap } from './rdap/bootstrap-source.js';
import { webPageOf } from './web-pages.js';

/** What is listed. */
export interface ListOptions extends BootstrapOptions {
  /** In their ASCII form; undefined for all suffixes for which somebody is known. */
  readonly suffixes: readonly string[] | undefined;
}

/**
 * Says who is asked about the names under each suffix, and how. Asks none of them.
 *
 * @returns a line for each suffix, or in one line what is wrong with the user's bootstrap file.
 */
export async function listRegistries({
  suffixes,
  bootstrap,
  cacheFolder,
  proxies,
}: ListOptions): Promise<string | Problem> {
  const request = requestThrough(proxies);
  const loaded = await (bootstrap === undefined
    ? loadPublishedBootstrap(cacheFolder, undefined, undefined, request)
    : loadBootstrap(bootstrap, undefined, request));
  if ('problem' in loaded) return loaded;
  const directory = createDirectory(loaded);
  const lines = (suffixes ?? directory.suffixes).map(
    (suffix) => `${printable(suffix)}  ${describe(suffix, directory.find(suffix))}\n`,
  );
  return lines.join('');
}

function describe(suffix: string, listing: Listing | undefined): string {
  if (listing === undefined) {
    const page = webPageOf(suffix);
    return page === undefined ? 'nobody' : `nobody: see ${page}`;
  }
  if ('whois' in listing) {
    const { whois } = listing;
    return `WHOIS  ${addressOf(whois)} (${describeLimit(whois.limit)})`;
  }
  if ('service' in listing) {
    const { service } = listing;
    return `DAS  ${addressOf(service)} (${describeLimit(service.limit)})`;
  }
  const note = listing.official ? '' : ' (not listed by IANA)';
  return `RDAP  ${listing.urls.map(printable).join(', ')}${note}`;
}

const describeLimit = ({ requests, seconds }: RequestLimit): string =>
  `${requests === 1 ? 'one' : requests} ${seconds === 1 ? 'a second' : seconds === 60 ? 'a minute' : `in ${seconds} seconds`}`;
