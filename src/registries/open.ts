import type { ProbeResult } from '../probe/result.js';
import { createConfirm } from './confirm.js';
import { confirmAll } from './confirm-all.js';
import { createLookUp } from './look-up.js';
import type { Bootstrap } from './rdap/bootstrap.js';
import { loadBootstrap, loadPublishedBootstrap } from './rdap/bootstrap-source.js';
import { createServers } from './servers/servers.js';

/** The settings for asking registries. */
export interface ConfirmOptions {
  /** Milliseconds that one name may wait for its registry. */
  readonly timeout: number;
  /** The path or URL of a bootstrap file (RFC 9224) to use instead of IANA's. */
  readonly bootstrap: string | undefined;
  /** The folder in which IANA's bootstrap file is cached; undefined if it is not cached. */
  readonly cacheFolder: string | undefined;
}

/** Asks the registries. */
export interface Confirmer {
  /** Confirms results; see `confirmAll`. */
  confirmAll(
    probed: AsyncIterable<Iterable<ProbeResult>>,
    signal?: AbortSignal,
  ): AsyncIterable<readonly ProbeResult[]>;
  /** Says which registries are being waited for, to follow "waiting for"; undefined if none is. */
  waitingFor(): string | undefined;
}

/** The registries. */
export interface Registries {
  /** Creates a confirmer that knows nothing yet of how the registries fare. */
  createConfirmer(): Confirmer;
}

/** Prepares the registries, or reports in one line what is wrong with the user's bootstrap file. */
export async function openRegistries({
  timeout,
  bootstrap,
  cacheFolder,
}: ConfirmOptions): Promise<Registries | { readonly problem: string }> {
  const confirmWith = (load: () => Promise<Bootstrap>): Registries => ({
    createConfirmer() {
      const servers = createServers(timeout);
      const confirm = createConfirm(createLookUp(load, timeout, servers));
      return {
        confirmAll: (probed, signal) => confirmAll(probed, confirm, signal),
        waitingFor: servers.waitingFor,
      };
    },
  });
  if (bootstrap === undefined) return confirmWith(() => loadPublishedBootstrap(cacheFolder));
  const loaded = await loadBootstrap(bootstrap);
  return 'problem' in loaded ? loaded : confirmWith(async () => loaded);
}
