import { keysOf } from '../../util/keys.js';
import { brands, restricted } from './closed.js';
import { rootZone } from './root-zone.js';

/** Splits names at white space, so that a list can be written as a compact block of text. */
const namesIn = (text: string): readonly string[] => text.trim().split(/\s+/);

let rootZoneNames: readonly string[] | undefined;

/** Returns all top-level domains, in their ASCII form. The list is split once, when it is first needed. */
function all(): readonly string[] {
  rootZoneNames ??= namesIn(rootZone);
  return rootZoneNames;
}

/**
 * The internationalized country codes among them (IDN ccTLD), written down by hand in 2026-11. IANA's root zone database,
 * https://www.iana.org/domains/root/db, has the type of each name.
 */
const internationalizedCountries = `
  xn--2scrj9c xn--3e0b707e xn--3hcrj9c xn--45br5cyl xn--45brj9c xn--4dbrk0ce xn--54b7fta0cc xn--80ao21a
  xn--90a3ac xn--90ae xn--90ais xn--clchc0ea0b2g2a9gcd xn--d1alf xn--e1a4c xn--fiqs8s xn--fiqz9s xn--fpcrj9c3d
  xn--fzc2c9e2c xn--gecrj9c xn--h2breg3eve xn--h2brj9c xn--h2brj9c8c xn--j1amh xn--j6w193g xn--kprw13d
  xn--kpry57d xn--l1acc xn--lgbbat1ad8j xn--mgb9awbf xn--mgba3a4f16a xn--mgbaam7a8h xn--mgbah1a3hjkrd
  xn--mgbai9azgqp6j xn--mgbayh7gpa xn--mgbbh1a xn--mgbbh1a71e xn--mgbc0a9azcg xn--mgbcpq6gpa1a xn--mgberp4a5d4ar
  xn--mgbgu82a xn--mgbpl2fh xn--mgbtx2b xn--mgbx4cd0ab xn--mix891f xn--node xn--o3cw4h xn--ogbpf8fl xn--p1ai
  xn--pgbs0dh xn--q7ce6a xn--qxa6a xn--qxam xn--rvc1e0am3e xn--s9brj9c xn--wgbh1c xn--wgbl6a xn--xkc2al3hye2a
  xn--xkc2dl3a5ee0h xn--y9a3aq xn--yfro4i67o xn--ygbi2ammx
`;

const isShort = (name: string): boolean => name.length === 2;

function countries(): readonly string[] {
  const internationalized = new Set(namesIn(internationalizedCountries));
  return all().filter((name) => isShort(name) || internationalized.has(name));
}

/** `arpa` is for the infrastructure of the internet (RFC 3172). */
function generic(): readonly string[] {
  const others = new Set([...countries(), 'arpa']);
  return all().filter((name) => !others.has(name));
}

/** Those under which the public can register names, as far as that is known; see `closed.ts`. */
function open(): readonly string[] {
  const closed = new Set([...namesIn(brands), ...namesIn(restricted)]);
  return all().filter((name) => !closed.has(name));
}

/** Groups of top-level domains, by the names that `--tld` takes. The last three are chosen by hand. */
const groups = {
  all,
  open,
  country: countries,
  generic,
  short: () => all().filter(isShort),
  popular: () => namesIn('com net org io co dev app ai me xyz'),
  blog: () =>
    namesIn('blog me com net site online page press news media ink live life today world space website'),
  tech: () =>
    namesIn('dev app io ai tech sh cloud codes software systems tools network digital build run zone'),
} satisfies Record<string, () => readonly string[]>;

/** The name of a group. */
export type Group = keyof typeof groups;

/** The names of all groups, in the order in which help lists them. */
export const groupNames = keysOf(groups);

/** Returns the top-level domains of a group, in their ASCII form. */
export const topLevelDomainsOf = (group: Group): readonly string[] => groups[group]();
