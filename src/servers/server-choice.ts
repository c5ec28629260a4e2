import { isIPv4 } from 'node:net';
import { type Scheme, type Server, type TransportEntry, transports } from '../dns/transport/index.js';
import { parseName } from '../names/domain-name.js';
import { bracketed, endsInNumber, isIPv6 } from '../util/ip-address.js';
import { keysOf } from '../util/keys.js';

/** Public services, each with an IP address, so that no other name server is needed to find it. */
const services: ReadonlyMap<string, string> = new Map([
  ['cloudflare', 'https://1.1.1.1/dns-query'],
  ['google', 'https://8.8.8.8/dns-query'],
  ['quad9', 'https://9.9.9.9/dns-query'],
]);

const schemes = keysOf(transports);
const entryOf = (scheme: Scheme): TransportEntry => transports[scheme];

/** The schemes that are written before an address. */
export const urlSchemes = schemes.filter((scheme) => {
  const { port, shownAs } = entryOf(scheme);
  return port !== undefined && shownAs === undefined;
});
/** The schemes that are written alone. */
const bareSchemes = schemes.filter((scheme) => entryOf(scheme).port === undefined);

/** The word for the name servers of each name's own suffix. */
const authorityName = 'authority';

/** The name servers of each name's own suffix, which are asked without recursion. */
export interface Authority {
  readonly scheme: typeof authorityName;
  readonly url: typeof authorityName;
}

/** A server, or a kind of servers, that a user has chosen. */
export type ServerChoice = Server | Authority;

/** Whether a choice is a resolver. */
export const isResolver = (choice: ServerChoice): choice is Server => choice.scheme !== authorityName;

/** Whether queries to a server are encrypted. */
export const isEncrypted = (scheme: ServerChoice['scheme']): boolean =>
  scheme !== authorityName && entryOf(scheme).encrypted === true;

/** Reads what `parseServer` reads, and `authority`. */
export const parseServerChoice = (text: string): ServerChoice | undefined =>
  text === authorityName ? { scheme: authorityName, url: authorityName } : parseServer(text);

/** The words that name a server. */
export const serverNames: readonly string[] = [...services.keys(), ...bareSchemes, authorityName];

/** The ways to write a server, for error messages. */
export const serverForms = listForms();

function listForms(): string {
  const urls = urlSchemes.flatMap((scheme) => {
    const { encrypted, path = '' } = entryOf(scheme);
    const hosts = encrypted ? ['dns.example', 'dns.example@192.0.2.1'] : ['192.0.2.1'];
    return hosts.map((host) => `${scheme}://${host}${path}`);
  });
  const address = 'a name server such as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53';
  const forms = [address, ...urls, ...serverNames];
  return `${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}`;
}

/**
 * Returns the usual spelling of a server that is written as other programs print it: a scheme in capital letters, a port after `#` as
 * dnsmasq has it, a URI template for GET requests (RFC 8484 section 3).
 */
const usualSpelling = (text: string): string =>
  text
    .replace(/^[a-z]+(?=:\/\/)/i, (scheme) => scheme.toLowerCase())
    .replace(/\{\?dns\}$/, '')
    .replace(/([^/@]*)#(\d{1,5})$/, (_, host, port) => `${isIPv6(host) ? bracketed(host) : host}:${port}`);

/** `SCHEME://CERTIFICATE@HOST:PORT/PATH`, with only the host required. */
const serverSyntax = /^(?:([a-z]+):\/\/)?(?:([^@/]*)@)?([^@/]*)(\/[\w.~!$&'()*+,;=:@%/?-]*)?$/;

/**
 * Reads a server as a user writes it: an IP address, with or without a scheme and a port; the name of a public service;
 * or `system`. Without a scheme, UDP or TCP is used, whichever is faster. With an encrypted scheme, a host name may
 * replace the address, or precede it with an `@` between them; the server's certificate must be valid for that name.
 *
 * @returns undefined if the text is none of these.
 */
export function parseServer(text: string): Server | undefined {
  const bare = bareSchemes.find((known) => known === text);
  if (bare) return { scheme: bare, url: bare, address: '', port: 0 };
  const [, writtenScheme, certificate, authority = '', path] =
    serverSyntax.exec(services.get(text) ?? usualSpelling(text)) ?? [];
  const scheme = writtenScheme === undefined ? 'auto' : urlSchemes.find((known) => known === writtenScheme);
  if (scheme === undefined) return undefined;
  const { port: defaultPort = 0, encrypted = false, path: defaultPath } = entryOf(scheme);
  if (path !== undefined && defaultPath === undefined) return undefined;
  const { host: address, port } = parseAuthority(authority, defaultPort);
  if (address === undefined || (!encrypted && !isIPv4(address) && !isIPv6(address))) return undefined;
  const certificateHost = certificate === undefined ? undefined : parseHostName(certificate);
  if (certificate !== undefined && (!encrypted || certificateHost === undefined)) return undefined;
  const server = { scheme, address, port, certificateHost, path: path ?? defaultPath };
  return { ...server, url: formatUrl(server) };
}

function formatUrl({ scheme, address, port, certificateHost, path }: Omit<Server, 'url'>): string {
  const { port: defaultPort, shownAs = scheme } = entryOf(scheme);
  const certificate = certificateHost === undefined ? '' : `${certificateHost}@`;
  const host = `${shownAs}://${certificate}${bracketed(address)}`;
  if (path === undefined) return `${host}:${port}`;
  return `${host}${port === defaultPort ? '' : `:${port}`}${path}`;
}

/** Reads a host with or without a port. Returns no host if the text is not valid. */
function parseAuthority(
  text: string,
  defaultPort: number,
): { readonly host?: string | undefined; readonly port: number } {
  if (isIPv6(text)) return { host: text, port: defaultPort };
  const [, inBrackets, plain = '', portText] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = portText === undefined ? defaultPort : Number(portText);
  if (port < 1 || port > 65_535) return { port };
  if (inBrackets !== undefined) return { host: isIPv6(inBrackets) ? inBrackets : undefined, port };
  return { host: isIPv4(plain) ? plain : parseHostName(plain), port };
}

/** The ASCII form of a host name; undefined if the text is not one, or could be taken for an IP address. */
export function parseHostName(text: string): string | undefined {
  const parsed = parseName(text);
  return 'problem' in parsed || endsInNumber(parsed.name) ? undefined : parsed.name;
}
