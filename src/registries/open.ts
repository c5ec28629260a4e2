import { type Candidate, parseWholeName } from '../names/candidate.js';
import type { Problem } from '../names/domain-name.js';
import type { ProbeResult } from '../probe/result.js';
import { mapBatches } from '../util/map-batches.js';
import { requestThrough } from '../util/request-through.js';
import { createClient, systemPlatform } from './client/client.js';
import { type Confirm, createConfirm, type Scope } from './confirm.js';
import { confirmAll } from './confirm-all.js';
import { controlIn } from './control.js';
import { createControlled } from './controlled.js';
import { createDirectory } from './directory.js';
import { createLookUp } from './look-up.js';
import { type BootstrapOptions, loadBootstrap, loadPublishedBootstrap } from './rdap/bootstrap-source.js';

/** The settings for asking registries. */
export interface ConfirmOptions extends BootstrapOptions {
  /** Whether registries are asked only over HTTPS; false by default. */
  readonly isPrivate?: boolean;
  /** Which names are asked about. */
  readonly scope: Scope;
  /** Milliseconds that one name may wait for its registry. */
  readonly timeout: number;
}

/** Asks the registries. */
export interface Confirmer {
  /** Confirms results; see `confirmAll`. */
  confirmAll(
    probed: AsyncIterable<Iterable<ProbeResult>>,
    signal?: AbortSignal,
  ): AsyncIterable<readonly ProbeResult[]>;
  /** Confirms one result, if it is in the scope. */
  readonly confirm: Confirm;
  /** Says which registries are being waited for, to follow "waiting for"; undefined if none is. */
  waitingFor(): string | undefined;
  /** Ends all requests. Results that are being confirmed never come. */
  close(): void;
}

/** What a confirmer needs of the run. */
export interface Run {
  /** Asks the DNS about a name. Registries are tested with names that exist there. */
  readonly probe: (candidate: Candidate) => Promise<ProbeResult>;
  /** Receives what a person should know about the registries, each message once. */
  readonly note: (message: string) => void;
}

/** The registries. */
export interface Registries {
  /** Creates a confirmer that knows nothing yet of how the registries fare. */
  createConfirmer(run: Run): Confirmer;
}

/** Prepares the registries, or reports in one line what is wrong with the user's bootstrap file. */
export async function openRegistries({
  scope,
  timeout,
  bootstrap,
  cacheFolder,
  isPrivate,
  proxies,
}: ConfirmOptions): Promise<Registries | Problem> {
  const request = requestThrough(proxies);
  const loaded = bootstrap === undefined ? undefined : await loadBootstrap(bootstrap, undefined, request);
  if (loaded && 'problem' in loaded) return loaded;
  const loadPublished = () => loadPublishedBootstrap(cacheFolder, undefined, undefined, request);
  const load = async () => createDirectory(loaded ?? (await loadPublished()));
  return {
    createConfirmer({ probe, note }) {
      const client = createClient(timeout, systemPlatform(request));
      const existsInDns = async (name: string): Promise<boolean> => {
        const candidate = parseWholeName(name);
        return 'name' in candidate && controlIn(await probe(candidate)) === name;
      };
      const plainLookUp = createLookUp(load, client, isPrivate);
      const { lookUp, observe } = createControlled({ lookUp: plainLookUp, existsInDns, note });
      const confirm = createConfirm(lookUp, scope);
      return {
        confirmAll(probed, signal) {
          const observed = mapBatches(probed, (result) => {
            observe(result);
            return result;
          });
          return confirmAll(observed, confirm, signal, { scope });
        },
        confirm(result) {
          observe(result);
          return confirm(result);
        },
        waitingFor: client.waitingFor,
        close: client.close,
      };
    },
  };
}
