import { afterFile } from './closing.js';
import { createGate } from './gate.js';
import { type Action, notFound, type RdapServer, startRdapServer } from './rdap-server.js';

/** A web server with flags on the loopback interface, for tests. */
export interface FlagServer extends RdapServer {
  /** The value for `--base-url`. */
  readonly baseUrl: string;
  /** The codes that were requested, in order of arrival. */
  asked(): string[];
}

/** A GIF89a picture of one pixel, with a comment of at most 255 ASCII characters, such as the country code. */
export function gifOf(comment: string): Buffer {
  const screen = Buffer.from('01000100800000000000ffffff', 'hex');
  const extension = Buffer.from([0x21, 0xfe, comment.length, ...Buffer.from(`${comment}\0`)]);
  const picture = Buffer.from('2c00000000010001000002024401003b', 'hex');
  return Buffer.concat([Buffer.from('GIF89a'), screen, extension, picture]);
}

/** The country code of a path, in upper case; empty if the path is not that of a flag. */
const codeIn = (path: string) => /\/([a-z]{2})\/\1\.gif$/.exec(path)?.[1]?.toUpperCase() ?? '';

/** Sends the flag that was requested. */
export const flag: Action = ({ path }, client) =>
  client.send({ status: 200, headers: { 'content-type': 'image/gif' }, body: gifOf(codeIn(path)) });

/** Sends the first half of the flag as if it were all of it. */
export const halfFlag: Action = ({ path }, client) => {
  const picture = gifOf(codeIn(path));
  const body = picture.subarray(0, picture.length / 2);
  client.send({ status: 200, headers: { 'content-type': 'image/gif' }, body });
};

/** A closed gate at which flags wait until the test releases one country, or all. */
export function flagGate() {
  const { pass, release } = createGate();
  const hold =
    (action: Action): Action =>
    (request, client) =>
      pass(codeIn(request.path).toLowerCase(), () => action(request, client));
  return { hold, release };
}

/**
 * Starts a server that is closed after the last test of the file. A path that is not that of a flag is not found.
 *
 * @param actions the action for the flag of a country, by its code.
 * @param other the action for all other flags.
 */
export async function serveFlags(
  actions: Readonly<Record<string, Action>> = {},
  other: Action = flag,
): Promise<FlagServer> {
  const server = await startRdapServer(({ path }) => {
    const code = codeIn(path);
    return actions[code] ?? (code === '' ? notFound() : other);
  });
  afterFile(server.close);
  const asked = () => server.requests.map(({ path }) => codeIn(path));
  return Object.assign(server, { baseUrl: `${server.url}data/flags`, asked });
}
