import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { parseResult } from '../../src/history/parse-result.js';
import { deny, type NameServer } from '../helpers/name-server.js';
import { serve } from '../helpers/serve.js';
import { makeFolder } from '../helpers/system/folder.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';

/** Runs blogdom three times: on a small disk, again on the same disk, and when that has become larger. */
const script = `
mount -t tmpfs -o size=64k none "$1"
shift
"$@"; echo "status $?"
"$@"; echo "status $?"
mount -o remount,size=10m "$(dirname "$RESULTS")"
"$@"; echo "status $?"
cat "$RESULTS"
`;

let server: NameServer;
beforeAll(async () => {
  server = await serve(() => deny);
});

describeSystem('blogdom --resume on a full disk', ['unshare (as root)'], () => {
  it('ends with status 2 and one line, and goes on when there is room', async () => {
    const words = Array.from({ length: 2000 }, (_, index) => `w${index}`);
    const folder = await makeFolder({ words: words.join('\n') });
    onTestFinished(folder.remove);
    const disk = await makeFolder();
    onTestFinished(disk.remove);
    const results = `${disk.path}/run.json`;
    const args = [
      '-s',
      server.address,
      '--no-canary',
      '-c',
      '50',
      '-f',
      `${folder.path}/words`,
      '--resume',
      results,
    ];
    const command = ['unshare', '--mount', 'sh', '-c', script, 'sh', disk.path, blogdom, ...args];
    const { stdout, stderr } = await run(command, { RESULTS: results });
    const lines = stdout.trimEnd().split('\n');
    const message = `blogdom: cannot write the results to "${results}": the disk is full\n`;
    expect(stderr.replace(/^blogdom: line \d+ .* is skipped\n/gm, '')).toBe(message + message);
    expect(lines.filter((line) => line.startsWith('status'))).toEqual(['status 2', 'status 2', 'status 0']);
    const names = words.map((word) => `${word}.dev`).toSorted();
    // A line that was cut by the full disk is still there.
    const recorded = lines.flatMap((line) => parseResult(line)?.name ?? []);
    expect(recorded.toSorted()).toEqual(names);
    // Each name is also printed once: what cannot be recorded is not printed.
    const printed = lines.filter((line) => line.startsWith('  ')).map((line) => line.trim());
    expect(printed.toSorted()).toEqual(names);
  });
});
