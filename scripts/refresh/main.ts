import { parseArgs } from 'node:util';
import { nameDataSets } from '../../src/names/data-sets.js';
import { registryDataSets } from '../../src/registries/data-sets.js';
import { readProxies } from '../../src/util/proxies.js';
import { requestThrough } from '../../src/util/request-through.js';
import { refresh } from './refresh.js';

/**
 * Fetches the data that this project carries and that others publish, and prints what has changed: `npm run refresh`. Ends with
 * status 1 if something could not be fetched. `--from URL` names a server that has the files of all publishers.
 */
const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
const proxies = readProxies(process.env);
if (proxies && 'problem' in proxies) throw new Error(proxies.problem);
const isComplete = await refresh({
  from,
  root: '.',
  request: requestThrough(proxies),
  print: (line) => console.log(line),
});
for (const { name, day, isByHand } of [...(await nameDataSets()), ...registryDataSets])
  if (isByHand) console.log(`${name}: collected by hand on ${day}`);
if (!isComplete) process.exitCode = 1;
