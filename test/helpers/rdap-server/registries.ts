import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Authority, type Certificate, makeAuthority } from '../certificate.js';
import { type RdapBehaviour, type RdapServer, type Registrations, startRdapServer } from '../rdap-server.js';
import { bootstrapFor, type Services } from './bootstrap.js';

/** What the command is given to ask the tests' registries. */
export interface Confirming {
  /** `--confirm`, and the bootstrap file by its path. */
  readonly args: readonly string[];
  /** Trust in the authority of the file's tests, and a cache folder that is empty at first. */
  readonly env: Readonly<Record<string, string>>;
  /** The bootstrap file. */
  readonly file: string;
}

const servers: RdapServer[] = [];
let authority: Promise<Authority> | undefined;
let usual: Promise<Certificate> | undefined;
let files = 0;
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await (await authority)?.remove();
});

/** The one authority of a test file, removed behind its last test. */
export function trustedAuthority(): Promise<Authority> {
  authority ??= makeAuthority();
  return authority;
}

/** Its certificate for the loopback, the same one for all servers of the file. */
function usualCertificate(): Promise<Certificate> {
  usual ??= trustedAuthority().then(({ issue }) => issue());
  return usual;
}

/**
 * Starts a registry that is closed behind the last test of the file. With `tls` it speaks HTTPS, with a certificate of the trusted
 * authority or with the given one.
 */
export async function serveRdap(
  behaviour: Registrations | RdapBehaviour,
  { tls, host }: { readonly tls?: Certificate | boolean; readonly host?: string } = {},
): Promise<RdapServer> {
  const certificate = tls === true ? await usualCertificate() : tls || undefined;
  const server = await startRdapServer(behaviour, { tls: certificate, ...(host && { host }) });
  servers.push(server);
  return server;
}

/** Writes a bootstrap file with these registries, for the command as a process. */
export async function confirmBy(services: Services): Promise<Confirming> {
  const { file: trusted, folder } = await trustedAuthority();
  files += 1;
  const file = join(folder, `bootstrap-${files}.json`);
  await writeFile(file, bootstrapFor(services));
  const env = { NODE_EXTRA_CA_CERTS: trusted, XDG_CACHE_HOME: join(folder, `cache-${files}`) };
  return { args: ['--confirm', '--rdap-bootstrap', file], env, file };
}
