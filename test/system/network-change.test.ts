import { expect, it, onTestFinished } from 'vitest';
import { start } from '../helpers/built-command.js';
import { startNsd } from '../helpers/system/name-servers.js';
import { openNamespace } from '../helpers/system/namespace.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom } from '../helpers/system/process.js';

const working = 'nameserver 127.0.0.1\n';
const dead = 'nameserver 127.0.0.2\n';

/** Opens a network in which only the first of two addresses has a name server, and starts a program in it. */
async function startInside(command: readonly string[], resolvConf: string) {
  const { enter, close, setResolvConf } = await openNamespace(resolvConf);
  onTestFinished(close);
  const nsd = await startNsd({ enter, host: '127.0.0.1', port: 53 });
  onTestFinished(nsd.stop);
  const [file = '', ...args] = [...enter, ...command];
  const running = start(file, args);
  onTestFinished(async () => {
    running.kill();
    await running.ended;
  });
  return { running, setResolvConf };
}

const needs = ['ip', 'unshare (as root)', 'nsenter', 'nsd'] as const;

describeSystem('a change of network', needs, () => {
  it('is noticed in the next round of --watch', async () => {
    const command = [blogdom, '--watch', '.02', '--timeout', '.2', '--tries', '2', 'not'];
    const { running, setResolvConf } = await startInside(command, dead);
    expect(await running.stdout.nextLine()).toBe('? not.dev  nothing is listening at udp://127.0.0.2:53');
    await setResolvConf(working);
    expect(await running.stdout.nextLine()).toMatch(/^\+ not\.dev {2}unknown -> live/);
    await setResolvConf(dead);
    expect(await running.stdout.nextLine()).toMatch(/^\? not\.dev {2}live -> unknown/);
    expect(running.stderr.all()).toBe('');
  });

  it('does not replace the servers that the user has chosen', async () => {
    const command = [
      blogdom,
      '--watch',
      '.02',
      '-s',
      '127.0.0.2',
      '--timeout',
      '.2',
      '--tries',
      '2',
      '-v',
      'not',
    ];
    const { running } = await startInside(command, working);
    const asking = async () => {
      for (;;) {
        const line = await running.stderr.nextLine();
        if (line.includes('asking')) return line;
      }
    };
    expect([await asking(), await asking()]).toEqual(
      Array(2).fill(expect.stringMatching(/^blogdom: asking udp:\/\/127\.0\.0\.2:53;/)),
    );
  });
});
