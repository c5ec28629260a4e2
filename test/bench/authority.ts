import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNsd, startUnbound } from '../helpers/system/name-servers.js';
import { checkText } from './check.js';
import { blogdomFile, type Contender, massdns } from './contenders.js';
import { type Bench, race } from './race.js';
import { printRace } from './race-table.js';
import { rounded } from './table.js';

/** The addresses of the two name servers of the suffix. */
const authorities = ['127.0.0.2', '127.0.0.3'];

const blogdomAt = (title: string, server: string): Contender => ({
  title,
  command: ({ names }) => [process.execPath, blogdomFile, '-q', '-s', server, '-f', names],
  check: checkText,
});

/** Names at the two name servers of their suffix, and the same names through a resolver that asks these. */
export async function namesAtAuthority(bench: Bench): Promise<void> {
  if (!bench.ownSystem) {
    console.log('\nWithout the authority, which needs root and unshare.');
    return;
  }
  const names = await readFile(join(bench.folder, 'dev.zone'), 'utf8');
  const addresses = authorities.map((address, index) => `@ NS ns${index + 1}\nns${index + 1} A ${address}\n`);
  const zone = names.replace(/^@ NS ns\nns A .*\n/m, addresses.join(''));
  const servers = [
    await startNsd({ port: 5353, zone }),
    ...(await Promise.all(authorities.map((host) => startNsd({ host, port: 53, zone })))),
    await startUnbound(5353, { port: 53 }),
  ];
  // Only what the contenders say of themselves is measured.
  const resolver = {
    port: 53,
    ports: {},
    counts: async () => ({ received: 0, dropped: 0 }),
    processorSeconds: async () => 0,
    stop: async () => {},
  };
  try {
    const contenders = [
      blogdomAt('blogdom, authority', 'authority'),
      blogdomAt('blogdom, unbound', '127.0.0.1'),
      ...massdns(1000),
    ];
    const entries = await race(bench, resolver, contenders, bench.zoneSize, bench.quick ? 1 : 3);
    printRace(`An authority of two servers, and unbound: ${rounded(bench.zoneSize)} names`, entries);
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
  }
}
