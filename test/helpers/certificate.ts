import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { makeFolder } from './system/folder.js';

/** A certificate with its private key: as PEM texts for a server in this process, as files for any other server. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** The hosts that a certificate is valid for; by default `localhost` and both loopback addresses. */
export interface Subject {
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
  /** When it expires: by default in a day. Its validity begins two days before that. */
  readonly until?: Date;
}

/** A certificate authority for one test run; only clients that are given its certificate trust it. */
export interface Authority {
  /** The path of its own certificate in PEM, for the NODE_EXTRA_CA_CERTS of a process. */
  readonly file: string;
  /** The same certificate as text, for the `ca` of a client in this process. */
  readonly cert: string;
  /** The folder of its files, in which a test may put its own. */
  readonly folder: string;
  /** Issues a server's certificate. */
  issue(subject?: Subject): Promise<Certificate>;
  /** Removes the folder. */
  remove(): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;

/** Begins in the past, so that clocks that differ a little agree that the certificate is valid. */
function validity(until: Date) {
  return { notBeforeDate: new Date(until.getTime() - 2 * day), notAfterDate: until };
}

const inOneDay = () => new Date(Date.now() + day);

// Keys on an elliptic curve take milliseconds to make, RSA keys a second.
const kind = { keyType: 'ec', algorithm: 'sha256' } as const;

/** Makes a certificate authority. */
export async function makeAuthority(): Promise<Authority> {
  const own = await generate([{ name: 'commonName', value: `blogdom test authority ${randomUUID()}` }], {
    ...kind,
    ...validity(inOneDay()),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const folder = await makeFolder({ 'authority.pem': own.cert });
  let issued = 0;

  return {
    file: join(folder.path, 'authority.pem'),
    cert: own.cert,
    folder: folder.path,
    remove: folder.remove,
    async issue({ dnsNames = ['localhost'], addresses = ['127.0.0.1', '::1'], until = inOneDay() } = {}) {
      const { cert, private: key } = await generate([{ name: 'commonName', value: 'blogdom test server' }], {
        ...kind,
        ...validity(until),
        ca: { cert: own.cert, key: own.private },
        extensions: [
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              ...dnsNames.map((value) => ({ type: 2 as const, value })),
              ...addresses.map((ip) => ({ type: 7 as const, ip })),
            ],
          },
        ],
      });
      issued += 1;
      const certFile = join(folder.path, `server-${issued}.pem`);
      const keyFile = join(folder.path, `server-${issued}-key.pem`);
      await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key, { mode: 0o600 })]);
      return { cert, key, certFile, keyFile };
    },
  };
}
