import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Authority, type Certificate, makeAuthority } from '../certificate.js';
import { afterFile } from '../closing.js';
import { type RdapBehaviour, type RdapServer, type Registrations, startRdapServer } from '../rdap-server.js';
import { bootstrapFor, type Services } from './bootstrap.js';

/** The arguments and environment with which the command asks the registries of a test. */
export interface Confirming {
  /** `--confirm`, and the path of the bootstrap file. */
  readonly args: readonly string[];
  /** Makes a process trust the authority of the test file, and names a new cache folder. */
  readonly env: Readonly<Record<string, string>>;
  /** The bootstrap file. */
  readonly file: string;
}

let authority: Promise<Authority> | undefined;
let shared: Promise<Certificate> | undefined;
let files = 0;

/** The authority of the test file, removed after its last test. */
export function trustedAuthority(): Promise<Authority> {
  if (authority) return authority;
  const made = makeAuthority();
  authority = made;
  afterFile(async () => {
    authority = undefined;
    shared = undefined;
    await (await made).remove();
  });
  return made;
}

/** The certificate that all servers of the test file share. */
function sharedCertificate(): Promise<Certificate> {
  shared ??= trustedAuthority().then(({ issue }) => issue());
  return shared;
}

/**
 * Starts an RDAP server that is closed after the last test of the file.
 *
 * @param tls HTTPS with this certificate, or with one of the trusted authority if true; HTTP by default.
 */
export async function serveRdap(
  behaviour: Registrations | RdapBehaviour,
  { tls }: { readonly tls?: Certificate | true } = {},
): Promise<RdapServer> {
  const server = await startRdapServer(behaviour, { tls: tls === true ? await sharedCertificate() : tls });
  afterFile(server.close);
  return server;
}

/** Writes a bootstrap file with these services for a run of the command. */
export async function confirmBy(services: Services): Promise<Confirming> {
  const { file: trusted, folder } = await trustedAuthority();
  files += 1;
  const file = join(folder, `bootstrap-${files}.json`);
  await writeFile(file, bootstrapFor(services));
  const env = { NODE_EXTRA_CA_CERTS: trusted, XDG_CACHE_HOME: join(folder, `cache-${files}`) };
  return { args: ['--confirm', '--rdap-bootstrap', file], env, file };
}
