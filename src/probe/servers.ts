import { getServers } from 'node:dns';
import { isIPv4 } from 'node:net';
import type { Server } from '../dns/transport/transport.js';
import { parseName } from '../names/domain-name.js';
import { endsInNumber, isIPv6 } from '../util/ip-address.js';
import { keysOf } from '../util/keys.js';

/** Where each scheme's servers listen (RFC 1035 section 4.2, RFC 7858 section 3.1, RFC 9110 section 4.2.2). */
const ports = { auto: 53, udp: 53, tcp: 53, tls: 853, https: 443 } as const;

/** Public services by their addresses, so that no other name server is needed to find them. */
const services: ReadonlyMap<string, string> = new Map([
  ['cloudflare', 'https://1.1.1.1/dns-query'],
  ['google', 'https://8.8.8.8/dns-query'],
  ['quad9', 'https://9.9.9.9/dns-query'],
]);

/** What `--server` may be, for error messages. */
export const serverForms =
  'an address such as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53, with udp://, tcp:// or tls:// before it ' +
  'if need be, or tls://dns.example, tls://dns.example@192.0.2.1, https://dns.example/dns-query, ' +
  `${[...services.keys()].join(', ')} or system`;

/**
 * Reads a server as the user writes it: an address, with a port and a scheme (UDP or TCP, whichever is faster, if there is none); where there
 * are certificates, a host, or the certificate's host and the address with `@` between them; the name of a service;
 * or `system`.
 *
 * @returns undefined where it is none of these.
 */
export function parseServer(text: string): Server | undefined {
  if (text === 'system') return { scheme: 'system', url: text, address: '', port: 0 };
  const [, given = 'auto', certificate, place = '', path] =
    /^(?:([a-z]+):\/\/)?(?:([^@/]*)@)?([^@/]*)(\/[\w.~!$&'()*+,;=:@%/?-]*)?$/.exec(
      services.get(text) ?? text,
    ) ?? [];
  const scheme = keysOf(ports).find((known) => known === given);
  const shown = scheme === 'auto' ? 'udp' : scheme;
  if (text.startsWith('auto:') || scheme === undefined || (path !== undefined && scheme !== 'https'))
    return undefined;
  const secure = scheme === 'tls' || scheme === 'https';
  const { host: address, port } = readPlace(place, ports[scheme]);
  const certificateHost = certificate === undefined ? undefined : hostName(certificate);
  if (address === undefined || (!secure && !isIPv4(address) && !isIPv6(address))) return undefined;
  if (certificate !== undefined && (!secure || certificateHost === undefined)) return undefined;
  const server = { scheme, address, port, certificateHost };
  const url = `${shown}://${certificateHost === undefined ? '' : `${certificateHost}@`}${bracketed(address)}`;
  if (scheme !== 'https') return { ...server, url: `${url}:${port}` };
  const request = path ?? '/dns-query';
  return { ...server, url: `${url}${port === ports.https ? '' : `:${port}`}${request}`, path: request };
}

/** A host with or without a port; no host where it is none, or the port is none. */
function readPlace(
  text: string,
  defaultPort: number,
): { readonly host?: string | undefined; readonly port: number } {
  if (isIPv6(text)) return { host: text, port: defaultPort };
  const [, inBrackets, plain = '', portText] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = portText === undefined ? defaultPort : Number(portText);
  if (port < 1 || port > 65_535) return { port };
  if (inBrackets !== undefined) return { host: isIPv6(inBrackets) ? inBrackets : undefined, port };
  return { host: isIPv4(plain) ? plain : hostName(plain), port };
}

/** The ASCII form of a host's name, where it is one that nobody takes for an address. */
function hostName(text: string): string | undefined {
  const parsed = parseName(text);
  return 'problem' in parsed || endsInNumber(parsed.name) ? undefined : parsed.name;
}

/** A host as it stands in a URL (RFC 3986 section 3.2.2). */
export const bracketed = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

/** The name servers that the system is set to use, in the system's order. */
export function systemServers(): Server[] {
  return getServers().flatMap((text) => parseServer(text) ?? []);
}
