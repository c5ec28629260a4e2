/** A domain that is reserved for a special use, together with all names below it: nobody can register one of them. */
export interface SpecialUse {
  /** Who has reserved it. */
  readonly source: string;
  /** Whether name servers are asked about its names: in some networks, they exist. */
  readonly isAsked: boolean;
  /** Whether it is meant for private networks, so that one name server may know it and another one deny it. */
  readonly isPrivate: boolean;
}

/** A domain outside the DNS: its names must not be sent to name servers. */
const notAsked = (source: string): SpecialUse => ({ source, isAsked: false, isPrivate: false });
/** A domain that is used for documentation or infrastructure. */
const asked = (source: string): SpecialUse => ({ source, isAsked: true, isPrivate: false });
/** A domain that is used within networks. */
const privately = (source: string): SpecialUse => ({ source, isAsked: true, isPrivate: true });

/**
 * The reserved domains, of one or two labels. IANA lists them at https://www.iana.org/assignments/special-use-domain-names; the row
 * of `arpa` stands for most of those below it, too.
 */
const specialUses: ReadonlyMap<string, SpecialUse> = new Map([
  // Sections 6.2 to 6.5.
  ['test', privately('RFC 6761')],
  ['localhost', notAsked('RFC 6761')],
  ['invalid', notAsked('RFC 6761')],
  ['example', asked('RFC 6761')],
  ['example.com', asked('RFC 6761')],
  ['example.net', asked('RFC 6761')],
  ['example.org', asked('RFC 6761')],
  // Section 3: multicast DNS.
  ['local', notAsked('RFC 6762')],
  // Section 2: Tor.
  ['onion', notAsked('RFC 7686')],
  // Section 4: home networks.
  ['home.arpa', privately('RFC 8375')],
  // Section 2: other name systems.
  ['alt', notAsked('RFC 9476')],
  // Section 2: infrastructure of the internet. No part of it can be registered.
  ['arpa', asked('RFC 3172')],
  // Resolution 2024.07.29.06 of the board: private networks.
  ['internal', privately('ICANN')],
]);

/**
 * Finds the reserved domain that a name is, or that it is below.
 *
 * @param name in its ASCII form: lower case, without a trailing dot.
 * @returns undefined if the name is not reserved.
 */
export function specialUseOf(name: string): SpecialUse | undefined {
  const last = name.lastIndexOf('.');
  const tld = specialUses.get(name.slice(last + 1));
  if (last < 0) return tld;
  const second = name.lastIndexOf('.', last - 1);
  return specialUses.get(name.slice(second + 1)) ?? tld;
}

/** Explains why a name of special use cannot be free, for the reason of its result. */
export const explainSpecialUse = ({ source }: SpecialUse): string =>
  `reserved by ${source}: nobody can register it`;
