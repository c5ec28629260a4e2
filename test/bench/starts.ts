import { spawnSync } from 'node:child_process';
import { startFaultyServer } from './child-server.js';
import { blogdomFile, originalCommand } from './contenders.js';
import { environment, median, timeFirstLine } from './measure.js';
import type { Bench } from './race.js';
import { withServer } from './servers.js';
import { printTable, rounded } from './table.js';

/** Measures how long `blogdom --version` takes, compared with Node alone. */
export async function startTime({ quick }: Bench): Promise<void> {
  const pairs = quick ? 5 : 20;
  const seconds = (...args: readonly string[]) => {
    const began = performance.now();
    spawnSync(process.execPath, args, { env: environment });
    return (performance.now() - began) / 1000;
  };
  const ratios: number[] = [];
  const own: number[] = [];
  const bare: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const versionSeconds = seconds(blogdomFile, '--version');
    const bareSeconds = seconds('-e', '0');
    own.push(versionSeconds);
    bare.push(bareSeconds);
    ratios.push(versionSeconds / bareSeconds);
  }
  const cells = [median(own) * 1000, median(bare) * 1000, median(ratios)].map(rounded);
  printTable(
    `Start-up time, ${pairs} pairs of runs`,
    ['medians', 'blogdom --version, ms', 'node -e 0, ms', 'ratio'],
    [['', ...cells]],
  );
}

/** Measures the command without arguments, compared with the original's equivalent. */
export async function defaultRun(bench: Bench): Promise<void> {
  const title = 'The default run, with a server 50 ms away';
  if (!bench.ownSystem) {
    console.log(`\n### ${title}\n\nLeft out: needs root and unshare.`);
    return;
  }
  const commands = { blogdom: [process.execPath, blogdomFile], original: originalCommand };
  const times = { blogdom: [], original: [] } as Record<
    keyof typeof commands,
    Awaited<ReturnType<typeof timeFirstLine>>[]
  >;
  await withServer(startFaultyServer(bench.ports[0], { roundTrip: [50, 50] }), async () => {
    for (let pair = 0; pair < (bench.quick ? 3 : 11); pair++) {
      times.blogdom.push(await timeFirstLine(commands.blogdom));
      times.original.push(await timeFirstLine(commands.original));
    }
  });
  const same =
    new Set(Object.values(times).flatMap((all) => all.map(({ lines }) => lines.join('\n')))).size === 1;
  const rows = Object.entries(times).map(([name, all]) => [
    name,
    rounded(median(all.map(({ first }) => first)) * 1000),
    rounded(median(all.map((run) => run.all)) * 1000),
  ]);
  const note = same ? 'All runs printed the same lines.' : 'The runs did NOT print the same lines.';
  printTable(title, ['contender', 'first line, ms', 'all lines, ms'], rows, [note]);
}
