import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { makeAuthority } from '../helpers/certificate.js';
import { makeFolder } from '../helpers/system/folder.js';
import { openNamespace } from '../helpers/system/namespace.js';
import { runFastServer } from './fast-server.js';
import { runFaultyServer } from './faulty/server.js';
import { runHierarchy } from './hierarchy.js';
import { runManyServers } from './many-servers.js';
import { isInstalled } from './measure.js';
import { zone } from './names.js';
import { runCares, runGetaddrinfo } from './node-lookups.js';
import { type Scenario, scenarios } from './scenarios.js';

/**
 * `npm run bench`: measures blogdom and other programs side by side on loopback. `--quick` takes about a minute,
 * `--only file,lossy` runs only these scenarios, and MASSDNS=PATH adds massdns.
 *
 * @returns the exit status.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      // Set by the benchmark itself when it starts itself in a network of its own.
      inside: { type: 'boolean', default: false },
    },
  });
  if (!isInstalled('/usr/bin/time'))
    throw new Error("Expected /usr/bin/time, which is in Debian's package time");
  const only = values.only?.split(',') ?? Object.keys(scenarios);
  const chosen = Object.entries(scenarios).filter(([name]) => only.includes(name));
  if (chosen.length < only.length)
    throw new Error(`Expected --only to name some of ${Object.keys(scenarios)}, got ${values.only}`);
  if (!values.inside) {
    const status = await runInside(args);
    if (status !== undefined) return status;
  }
  const chosenScenarios = chosen.map(([, scenario]) => scenario);
  await runScenarios(chosenScenarios, { quick: values.quick, ownSystem: values.inside });
  return 0;
}

/**
 * Runs the benchmark in a network of its own, in which port 53 is free and getaddrinfo asks it.
 *
 * @returns the exit status, or undefined if such a network cannot be opened.
 */
async function runInside(args: readonly string[]): Promise<number | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const namespace = await openNamespace('nameserver 127.0.0.1\n').catch(() => undefined);
  if (!namespace) return undefined;
  const { enter, close } = namespace;
  // Without this, nsenter changes the working directory.
  const here = `--wd=${process.cwd()}`;
  const [file = '', ...rest] = [...enter, here, process.execPath, process.argv[1] ?? '', '--inside', ...args];
  // Ctrl-C reaches the child as well, and the child cleans up.
  process.on('SIGINT', () => {});
  const child = spawn(file, rest, { stdio: 'inherit' });
  const [status] = await once(child, 'close');
  await close();
  return Number(status ?? 1);
}

async function runScenarios(
  chosen: readonly Scenario[],
  { quick, ownSystem }: { readonly quick: boolean; readonly ownSystem: boolean },
): Promise<void> {
  const { path: folder, remove } = await makeFolder();
  const authority = await makeAuthority();
  const cleanUp = () => Promise.all([remove(), authority.remove()]);
  // The servers are in the same process group, so Ctrl-C ends them as well.
  process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)));
  try {
    const zoneSize = quick ? 20_000 : 200_000;
    await pipeline(Readable.from(zone(zoneSize)), createWriteStream(join(folder, 'dev.zone')));
    const ports = ownSystem ? ([53, 853, 443] as const) : await freePorts();
    console.log(
      `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, medians of all runs.`,
    );
    console.log('\nA goal follows the figure, after ≤ if it is reached, and after > if it is missed.');
    for (const scenario of chosen) {
      await scenario({ folder, authority, ports, zoneSize, quick, ownSystem });
    }
  } finally {
    await cleanUp();
  }
}

/** Finds three ports of 127.0.0.1 that are free at the moment. */
async function freePorts(): Promise<[number, number, number]> {
  const sockets = [0, 1, 2].map(() => createSocket('udp4').bind(0, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'listening')));
  const [first = 0, second = 0, third = 0] = sockets.map((socket) => socket.address().port);
  for (const socket of sockets) socket.close();
  return [first, second, third];
}

// One bundle contains all programs of the benchmark; the first argument says which one to run.
const [role, ...args] = process.argv.slice(2);
if (role === 'faulty-server') await runFaultyServer(Number(args[0]), JSON.parse(args[1] ?? ''));
else if (role === 'fast-server') runFastServer(Number(args[0]), Number(args[1]), args[2] === 'true');
else if (role === 'hierarchy') await runHierarchy(Number(args[0]));
else if (role === 'many-servers') runManyServers(Number(args[0]), Number(args[1]), Number(args[2]));
else if (role === 'getaddrinfo') await runGetaddrinfo(args[0] ?? '');
else if (role === 'c-ares') await runCares(args[0] ?? '', args[1] ?? '');
else process.exitCode = await main(process.argv.slice(2));
