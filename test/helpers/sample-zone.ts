import type { Zone } from './name-server/zone.js';

/** What a run without arguments prints about the sample zone, sorted as `lines.toSorted()` sorts. */
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

/** The names that were live in the original's sample run, each with an address; `dev` exists, the others do not. */
export const sampleZone: Zone = Object.fromEntries(
  liveNames.map((name, index) => [name, { A: [`192.0.2.${index + 1}`] }]),
);
