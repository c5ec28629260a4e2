import { createClient, type GetOptions } from '../../../src/registries/client/client.js';
import type { HttpResponse } from '../../../src/util/http.js';
import { type PlayedReply, playRegistries } from '../played.js';

/** The URLs of names at three servers. */
export const url = 'https://rdap.example/domain/x.dev';
export const a = 'https://a.example/x';
export const b = 'https://b.example/x';

/** Takes statuses 200 and 404 for answers. */
export const read = async ({ status }: HttpResponse) =>
  status === 200 || status === 404 ? { status } : { failure: `status ${status}` };

/** A client of registries that all reply in this way. */
export function openClient(reply: PlayedReply, longestWait = 10_000, fraction = 0.5) {
  const played = playRegistries(reply);
  const client = createClient(longestWait, { ...played.platform, random: { fraction: () => fraction } });
  return {
    ...played,
    client,
    get: (urls: readonly string[] = [url], options?: GetOptions) =>
      played.play(client.get(urls, read, options)),
    times: () => played.requests.map(({ time }) => time),
    hosts: () => played.requests.map(({ url }) => new URL(url).host),
  };
}
