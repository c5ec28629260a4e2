import { getDomain, getPublicSuffix } from 'tldts';
import type { Problem } from '../names/domain-name.js';
import { publicSuffixReason } from '../names/public-suffix.js';
import { explainSpecialUse, specialUseOf } from '../names/special-use.js';

/** The name that a registry would have a registration of, why there can be none, or why that is not known. */
export type Registrable = { readonly name: string } | { readonly unregistrable: string } | Problem;

/**
 * Registrable names below which the registry, or somebody to whom it has delegated this, makes more registrations. Their
 * labels follow no list, so the public suffix list does not have them.
 *
 * - `.name`: `smith.name`, or `john.smith.name` if `smith.name` is shared (Registry Agreement for .name with ICANN,
 *   Appendix 11; github.com/publicsuffix/list/pull/277).
 * - `.us`: localities below a state, schools below a district (RFC 1480 section 2), and the federal and children's names.
 * - `.ca`: municipalities below a province, such as `city.ottawa.on.ca` (CIRA, General Registration Rules, section 3).
 */
const divided = /^[^.]+\.name$|\.[a-z]{2}\.us$|^(?:fed|kids)\.us$|\.[a-z]{2}\.ca$/;

/**
 * Finds the registrable name that a name is, or that it is below, by the public suffix list. Only its ICANN section concerns
 * registries. Below a suffix of its other section, names are given out by whoever has registered the suffix.
 */
export function findRegistrable(name: string): Registrable {
  const use = specialUseOf(name);
  if (use) return { unregistrable: explainSpecialUse(use) };
  const registrable = getDomain(name);
  if (registrable === null) return { unregistrable: publicSuffixReason };
  const suffix = getPublicSuffix(name, { allowPrivateDomains: true }) ?? registrable;
  const isPrivate = suffix === registrable || suffix.endsWith(`.${registrable}`);
  if (isPrivate && name !== registrable) return { problem: `${suffix} is a private suffix` };
  if (name !== registrable && divided.test(registrable))
    return { problem: `${registrable} may have registrations below it` };
  return { name: registrable };
}
