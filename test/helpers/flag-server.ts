import { afterAll } from 'vitest';
import { createGate } from './gate.js';
import { type Action, notFound, type RdapServer, startRdapServer } from './rdap-server.js';

/** A web server with flags on the loopback, for tests. */
export interface FlagServer extends RdapServer {
  /** What `--base-url` takes. */
  readonly baseUrl: string;
  /** The codes that were asked for, in order of arrival. */
  asked(): string[];
}

/** A picture of one dot (GIF89a), with the country's code as its comment. */
export function gifOf(code: string): Buffer {
  const screen = Buffer.from('01000100800000000000ffffff', 'hex');
  const comment = Buffer.concat([Buffer.from('21fe02', 'hex'), Buffer.from(`${code}\0`)]);
  const picture = Buffer.from('2c00000000010001000002024401003b', 'hex');
  return Buffer.concat([Buffer.from('GIF89a'), screen, comment, picture]);
}

/** The country of a path, which is in lower case; empty where the path is that of no flag. */
const codeIn = (path: string) => /\/([a-z]{2})\/\1\.gif$/.exec(path)?.[1]?.toUpperCase() ?? '';

/** The flag that was asked for. */
export const flag: Action = ({ path }, client) =>
  client.send({ status: 200, headers: { 'content-type': 'image/gif' }, body: gifOf(codeIn(path)) });

/** A closed gate, at which flags wait until the test lets one country, or all, go. */
export function flagGate() {
  const { pass, release } = createGate();
  const hold =
    (action: Action): Action =>
    (request, client) =>
      pass(codeIn(request.path).toLowerCase(), () => action(request, client));
  return { hold, release };
}

const servers: RdapServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

/**
 * Starts a server, closed behind the last test of the file, that does the one thing about some countries and the
 * other about the rest; what is the path of no flag is not found.
 */
export async function serveFlags(
  actions: Readonly<Record<string, Action>> = {},
  other: Action = flag,
): Promise<FlagServer> {
  const server = await startRdapServer(({ path }) => {
    const code = codeIn(path);
    return actions[code] ?? (code === '' ? notFound() : other);
  });
  servers.push(server);
  const asked = () => server.requests.map(({ path }) => codeIn(path));
  return Object.assign(server, { baseUrl: `${server.url}data/flags`, asked });
}
