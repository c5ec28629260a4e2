import { topLevelDomainsOf } from '../../src/names/top-level-domains/index.js';
import type { Zone } from './name-server/zone.js';

/** The output of a run without arguments against the sample zone, in the order of `lines.toSorted()`. */
export const sampleLines: readonly string[] = [
  '  elif.dev',
  '  else.dev',
  '  for.dev',
  '  if.dev',
  '  is.dev',
  '  none.dev',
  '  or.dev',
  '  pass.dev',
  '  with.dev',
  '+ and.dev',
  '+ as.dev',
  '+ def.dev',
  '+ del.dev',
  '+ from.dev',
  '+ in.dev',
  '+ not.dev',
  '+ true.dev',
  '+ try.dev',
];

const liveNames = sampleLines.filter((line) => line.startsWith('+ ')).map((line) => line.slice(2));

/** The names that were live in the original's sample run, each with an address. Only they and `dev` exist. */
export const sampleZone: Zone = Object.fromEntries(
  liveNames.map((name, index) => [name, { A: [`192.0.2.${index + 1}`] }]),
);

/** Names that nearly every top-level domain has, so that denials below it are believed. */
const commonNames = (domains: readonly string[]): Zone =>
  Object.fromEntries(domains.map((domain) => [`nic.${domain}`, { A: ['192.0.2.99'] }]));

/** The zone of the demo and of the examples in the documentation: the sample zone, and all top-level domains. */
export const demoZone: Zone = { ...commonNames(topLevelDomainsOf('all')), ...sampleZone };
