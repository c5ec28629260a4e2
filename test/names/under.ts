import type { DomainName } from '../../src/names/domain-name.js';
import { createExpansion, type Expand } from '../../src/names/expansion.js';

/** An expansion that puts words under domains. */
export const under = (tlds: readonly DomainName[]): Expand =>
  createExpansion({ tlds, hack: false, prefixes: [], suffixes: [] });
