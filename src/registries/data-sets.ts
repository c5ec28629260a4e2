import type { DataSet } from '../util/data-set.js';
import iana from './rdap/iana.json' with { type: 'json' };
import unofficial from './rdap/unofficial.json' with { type: 'json' };
import { webPagesDay } from './web-pages.js';
import { whoisServersDay } from './whois/servers/index.js';

const dayOf = ({ publication }: { readonly publication: string }): string =>
  publication.slice(0, 'yyyy-mm-dd'.length);

/** The data about registries that is built in, and ages. */
export const registryDataSets: readonly DataSet[] = [
  { name: 'built-in RDAP bootstrap file', day: dayOf(iana) },
  { name: 'list of RDAP servers that IANA does not list', day: dayOf(unofficial), isByHand: true },
  { name: 'table of WHOIS servers', day: whoisServersDay, isByHand: true },
  { name: 'list of web pages of registries', day: webPagesDay, isByHand: true },
];
