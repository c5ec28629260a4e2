import { expect, it, onTestFinished } from 'vitest';
import { sampleLines } from '../helpers/sample-zone.js';
import { startNsd } from '../helpers/system/name-servers.js';
import { openNamespace } from '../helpers/system/namespace.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';
import { startResolved } from '../helpers/system/resolved.js';
import { zones } from '../helpers/system/zones.js';

/** Opens a network whose system is set to use systemd-resolved, which asks nsd. */
async function openNetwork(settings: string, zone = zones.dev) {
  const { enter, close } = await openNamespace('nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n');
  onTestFinished(close);
  const nsd = await startNsd({ enter, zone });
  onTestFinished(nsd.stop);
  const resolved = await startResolved({ enter, upstreamPort: nsd.port, settings });
  onTestFinished(resolved.stop);
  const runInside = (...command: readonly string[]) => run([...enter, ...command]);
  return {
    blogdom: (...args: readonly string[]) => runInside(blogdom, ...args),
    /** What systemd-resolved says about the suffix `dev`: the status of its reply. */
    async askForSuffix() {
      const { stdout } = await runInside('dig', '@127.0.0.53', '+time=10', 'dev', 'NS');
      return /status: (\w+)/.exec(stdout)?.[1];
    },
  };
}

const needs = ['systemd-resolved', 'dig', 'ip', 'unshare (as root)', 'nsenter', 'nsd'] as const;

describeSystem('blogdom with systemd-resolved as the name server of the system', needs, () => {
  // By LLMNR, it asks the neighbours for single labels, and waits for nearly four seconds.
  it.each([
    ['as Debian ships it, which denies single labels', '', 'NXDOMAIN'],
    ['without LLMNR', 'LLMNR=no', 'NOERROR'],
  ])('prints the sample run if it is %s', async (_case, settings, status) => {
    const { blogdom, askForSuffix } = await openNetwork(settings);
    expect(await blogdom()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
    expect(await askForSuffix()).toBe(status);
  });

  it('prints the sample run if names below the suffix prove it', async () => {
    const { blogdom } = await openNetwork('', `${zones.dev}\nnic A 192.0.2.33\n`);
    expect(await blogdom()).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
  });

  it.each(['', 'LLMNR=no'])(
    'still says that there is no such top-level domain with the settings %j',
    async (settings) => {
      const { blogdom } = await openNetwork(settings);
      const lines = ['? not.dvv  there is no top-level domain .dvv'];
      expect(await blogdom('not.dvv')).toMatchObject({ status: 1, lines });
    },
  );
});
