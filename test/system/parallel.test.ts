import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, searchPath } from '../helpers/system/process.js';
import { type SshHosts, startSshHosts } from '../helpers/system/ssh-hosts.js';

const names = Array.from({ length: 240 }, (_, index) => `n${index}.dev`);
const absentLines = names.map((name) => `  ${name}`).toSorted();

/** Spreads the names over the hosts, 40 for each job. */
function startParallel({ hosts, enter, ssh, home }: SshHosts, ...command: readonly string[]) {
  const logins = hosts.map(({ address }) => `1/${address}`).join(',');
  const parallel = ['parallel', '--will-cite', '--pipe', '-N', '40', '--retries', '5', '--ssh', ssh];
  const [file = '', ...args] = [...enter, ...parallel, '--sshlogin', logins, command.join(' ')];
  const child = spawn(file, args, { env: { PATH: searchPath, HOME: home, LC_ALL: 'C.UTF-8' } });
  child.stdin.end(`${names.join('\n')}\n`);
  const ended = (async () => {
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { status: child.exitCode, stderr, lines: stdout.split('\n').slice(0, -1).toSorted() };
  })();
  return { child, ended };
}

const needs = ['parallel', 'sshd', 'ip', 'unshare (as root)', 'nsenter', 'nsd'] as const;

describeSystem('blogdom spread over two hosts by GNU parallel', needs, () => {
  it('answers each name once, some on each host', async () => {
    const hosts = await startSshHosts(2);
    // What is printed to standard error is not changed, and tells the host by its address.
    const command = [process.execPath, blogdom, '-', '&&', 'echo', '"$SSH_CONNECTION"', '>&2'];
    const { status, stderr, lines } = await startParallel(hosts, ...command).ended;
    expect({ status, lines }).toEqual({ status: 0, lines: absentLines });
    for (const { address } of hosts.hosts) expect(stderr).toContain(` ${address} `);
  });

  it('loses no name, and repeats none, if a host crashes in mid-run', { timeout: 60_000 }, async () => {
    const hosts = await startSshHosts(2);
    const { child, ended } = startParallel(hosts, process.execPath, blogdom, '--rate', '100', '-');
    // When the first job has ended, the jobs of both hosts are under way.
    await once(child.stdout, 'data');
    await hosts.hosts[1]?.crash();
    expect(await ended).toMatchObject({ status: 0, lines: absentLines });
  });
});
