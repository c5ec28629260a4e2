import type { ProbeResult } from '../probe/result.js';
import { createDirectory } from './directory.js';
import { readBuiltIn } from './rdap/bootstrap.js';
import iana from './rdap/iana.json' with { type: 'json' };
import { urlBelow } from './rdap/rdap.js';
import { findRegistrable } from './registrable.js';
import { webPageOf } from './web-pages.js';

/** How the evidence of a result names the address at which an RDAP server has answered. */
const answered = /^(https?:\/\/\S+\/domain\/\S+): /;

/**
 * Creates a function that returns the address of the registry's answer about a result: the one that was asked, or else the one
 * of the built-in list; for a registry without RDAP, a web page about it. It asks nobody.
 */
export function createRegistryLinks(): (result: ProbeResult) => string | undefined {
  const directory = createDirectory(readBuiltIn(iana));
  return ({ name, tld, evidence }) => {
    for (const phrase of evidence) {
      const [, url] = answered.exec(phrase) ?? [];
      if (url !== undefined) return url;
    }
    const found = findRegistrable(name);
    if (!('name' in found)) return webPageOf(tld);
    const suffix = found.name.slice(found.name.indexOf('.') + 1);
    const listing = directory.find(suffix);
    const [base] = listing && 'urls' in listing ? listing.urls : [];
    return base === undefined ? webPageOf(suffix) : urlBelow(base, `domain/${found.name}`);
  };
}
