import { givenBootstrap, publishedBootstrap } from './bootstrap-source.js';
import { type Confirm, openConfirm } from './confirm.js';

/** How the registries are asked. */
export interface ConfirmOptions {
  /** Milliseconds that one name may wait. */
  readonly timeout: number;
  /** A path or URL in place of IANA's registry. */
  readonly bootstrap: string | undefined;
  /** Where IANA's registry is kept. */
  readonly cacheFolder: string;
}

/** The way to the registries, or what is wrong, in one line, with the bootstrap file that the user gave. */
export async function openRegistries({
  timeout,
  bootstrap,
  cacheFolder,
}: ConfirmOptions): Promise<Confirm | { readonly problem: string }> {
  if (bootstrap === undefined) return openConfirm(() => publishedBootstrap(cacheFolder), timeout);
  const given = await givenBootstrap(bootstrap);
  return 'problem' in given ? given : openConfirm(async () => given, timeout);
}
