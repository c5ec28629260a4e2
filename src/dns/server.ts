import { getServers } from 'node:dns';
import { isIP, isIPv6 } from 'node:net';
import type { Server } from './transport.js';

/** What `--server` may be, for error messages. */
export const serverForms =
  'an address such as 192.0.2.1, 192.0.2.1:53, [2001:db8::1]:53 or udp://192.0.2.1, or system';

/**
 * Reads a server as the user writes it: an address, with a port (53 if there is none) and a scheme
 * (`udp` if there is none), or `system`.
 *
 * @returns undefined where it is none of these.
 */
export function parseServer(text: string): Server | undefined {
  if (text === 'system') return { scheme: 'system', url: text, address: '', port: 0 };
  const [, bracketed, plain, portText = '53'] =
    /^(?:udp:\/\/)?(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text.replace(/^udp:\/\//, '');
  const port = Number(portText);
  if (isIP(address) === 0 || (bracketed !== undefined && !isIPv6(address)) || port < 1 || port > 65_535)
    return undefined;
  const host = isIPv6(address) ? `[${address}]` : address;
  return { scheme: 'udp', url: `udp://${host}:${port}`, address, port };
}

/** The name servers that the system is set to use, in the system's order. */
export function systemServers(): Server[] {
  return getServers().flatMap((text) => parseServer(text) ?? []);
}
