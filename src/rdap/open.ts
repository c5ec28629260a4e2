import type { Bootstrap } from './bootstrap.js';
import { loadBootstrap, loadPublishedBootstrap } from './bootstrap-source.js';
import { type Confirm, createConfirm } from './confirm.js';
import { createLookUp } from './look-up.js';

/** The settings for asking registries. */
export interface ConfirmOptions {
  /** Milliseconds that one name may wait for its registry. */
  readonly timeout: number;
  /** The path or URL of a bootstrap file (RFC 9224) to use instead of IANA's. */
  readonly bootstrap: string | undefined;
  /** The folder in which IANA's bootstrap file is cached. */
  readonly cacheFolder: string;
}

/** Creates a `Confirm`, or reports in one line what is wrong with the user's bootstrap file. */
export async function openRegistries({
  timeout,
  bootstrap,
  cacheFolder,
}: ConfirmOptions): Promise<Confirm | { readonly problem: string }> {
  const confirmWith = (load: () => Promise<Bootstrap>) => createConfirm(createLookUp(load, timeout));
  if (bootstrap === undefined) return confirmWith(() => loadPublishedBootstrap(cacheFolder));
  const loaded = await loadBootstrap(bootstrap);
  return 'problem' in loaded ? loaded : confirmWith(async () => loaded);
}
