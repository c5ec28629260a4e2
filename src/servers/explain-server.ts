import { isIPv4 } from 'node:net';
import { bracketed, isIPv6 } from '../util/ip-address.js';
import { quoted } from '../util/printable.js';
import { didYouMean } from '../util/suggestions.js';
import {
  isEncrypted,
  parseHostName,
  parseServerChoice,
  serverForms,
  serverNames,
  urlSchemes,
} from './server-choice.js';

/** What is wrong with a text that is not a server. */
export interface ServerFault {
  /** A description of what is right in that place, to follow "expected". */
  readonly expected: string;
  /** The part that is wrong, in quotes, to follow "got"; after it, the whole text and what was probably meant. */
  readonly got: string;
}

/** The parts of a text that may be meant as a server. */
interface Parts {
  readonly text: string;
  /** Undefined if none is written. */
  readonly scheme: string | undefined;
  readonly certificate: string | undefined;
  /** The address or host, with its port. */
  readonly authority: string;
  readonly path: string | undefined;
}

/** The most specific fault comes first. */
const checks: readonly ((parts: Parts) => ServerFault | undefined)[] = [
  checkScheme,
  checkService,
  checkPath,
  checkCertificate,
  checkPort,
  checkAddress,
];

/** Finds what is wrong with a text that `parseServerChoice` does not read. */
export function explainServer(text: string): ServerFault {
  const parts = partsOf(text.trim());
  for (const check of parts ? checks : []) {
    const fault = parts && check(parts);
    if (fault) return fault;
  }
  return faultIn(text, serverForms, text, didYouMean(text, serverNames));
}

function partsOf(text: string): Parts | undefined {
  const found = /^(?:([^:/@]*):\/\/)?(?:([^@/]*)@)?([^@/]*)(\/(?!\/).*)?$/s.exec(text);
  if (text === '' || found === null) return undefined;
  const [, scheme, certificate, authority = '', path] = found;
  return { text, scheme, certificate, authority, path };
}

const faultIn = (text: string, expected: string, part: string, hint = ''): ServerFault => ({
  expected,
  got: `${quoted(part)}${part === text || part === '' ? '' : ` in ${quoted(text)}`}${hint}`,
});

/** Schemes by what others call them. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ...(['http', 'doh', 'h2', 'h3'] as const).map((scheme) => [scheme, 'https'] as const),
  ...(['dot', 'quic', 'doq'] as const).map((scheme) => [scheme, 'tls'] as const),
  ['dns', 'udp'],
]);

function checkScheme({ text, scheme }: Parts): ServerFault | undefined {
  if (scheme === undefined || urlSchemes.some((known) => known === scheme)) return undefined;
  const expected = `one of the schemes ${urlSchemes.join(', ')}`;
  return faultIn(
    text,
    expected,
    scheme,
    didYouMean(synonyms.get(scheme.toLowerCase()) ?? scheme, urlSchemes),
  );
}

function checkService({ text, authority }: Parts): ServerFault | undefined {
  const name = serverNames.find((known) => known === authority.replace(/:.*/, ''));
  return name && text !== name ? faultIn(text, `${name} alone`, text) : undefined;
}

const isEncryptedScheme = (scheme: string | undefined): boolean =>
  urlSchemes.some((known) => known === scheme && isEncrypted(known));

function checkPath({ text, scheme, path }: Parts): ServerFault | undefined {
  if (path === undefined) return undefined;
  if (scheme !== 'https') return faultIn(text, 'no path (only https:// takes one)', path);
  const isValid = parseServerChoice(`https://192.0.2.1${path}`) !== undefined;
  return isValid ? undefined : faultIn(text, 'the path of a URL', path);
}

function checkCertificate({ text, scheme, certificate }: Parts): ServerFault | undefined {
  if (certificate === undefined) return undefined;
  if (!isEncryptedScheme(scheme))
    return faultIn(text, 'no host name before "@" (only tls:// and https:// take one)', certificate);
  return parseHostName(certificate) ? undefined : faultIn(text, 'a host name before "@"', certificate);
}

function checkPort({ text, authority }: Parts): ServerFault | undefined {
  const [, port] = /^(?:\[[^\]]*\]|[^:]*):([^:]*)$/.exec(authority) ?? [];
  const isPort =
    port === undefined || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535);
  return isPort ? undefined : faultIn(text, 'a port from 1 to 65535', port);
}

function checkAddress({ text, scheme, authority }: Parts): ServerFault | undefined {
  const [, inBrackets, plain = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(authority) ?? [];
  if (inBrackets !== undefined || authority.startsWith('[')) {
    const address = inBrackets ?? authority;
    const hint = isIPv4(address) ? ': write it without the brackets' : '';
    return isIPv6(address) ? undefined : faultIn(text, 'an IPv6 address in brackets', address, hint);
  }
  // An IPv6 address without brackets has several colons, and so is not a plain host.
  const host = plain === '' ? authority : plain;
  if (isIPv4(host) || isIPv6(host)) return undefined;
  const isHost = parseHostName(host) !== undefined;
  if (isEncryptedScheme(scheme))
    return isHost ? undefined : faultIn(text, 'an IP address or a host name', host);
  if (!isHost) return host === '' ? undefined : faultIn(text, 'an IP address', host);
  const loopback = host.toLowerCase() === 'localhost' ? '127.0.0.1' : undefined;
  if (loopback) return faultIn(text, 'an IP address', host, `: did you mean ${loopback}?`);
  const inTls = `tls://${bracketed(host)}`;
  const hint = scheme
    ? `: write its address, as in ${scheme}://192.0.2.1, or ${inTls}`
    : didYouMean(text, serverNames) || `: did you mean ${inTls}?`;
  return host.includes('.') || scheme ? faultIn(text, 'an IP address', host, hint) : undefined;
}
