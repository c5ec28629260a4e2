import type { DomainName } from '../../src/names/domain-name.js';
import { createExpansion, type Expansion } from '../../src/names/expansion.js';

/** An expansion that puts words under domains. */
export const under = (tlds: readonly DomainName[]): Expansion =>
  createExpansion({ tlds, hack: false, prefixes: [], suffixes: [] });
