import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeFolder } from './folder.js';
import { startNsd } from './name-servers.js';
import { openNamespace } from './namespace.js';
import { run, startDaemon } from './process.js';

/** A host with a network of its own, a name server and an sshd. */
export interface SshHost {
  readonly address: string;
  /** Takes it off the network and kills its processes, all at once and without a word, like a power failure. */
  crash(): Promise<void>;
}

/** Some hosts, and the place from which they can be reached. */
export interface SshHosts {
  readonly hosts: readonly SshHost[];
  /** The words to put before a command that is to reach the hosts. */
  readonly enter: readonly string[];
  /** The command with which it logs in at a host, to which the address is appended. */
  readonly ssh: string;
  /** A home folder for programs that need one. */
  readonly home: string;
}

/** Starts hosts in network namespaces, until the end of the test; this needs root. */
export async function startSshHosts(count: number): Promise<SshHosts> {
  const folder = await makeFolder({ config: clientConfiguration });
  onTestFinished(folder.remove);
  const key = join(folder.path, 'key');
  await succeed(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
  await chmod(folder.path, 0o755);
  // The folder in which sshd confines its unprivileged part.
  await mkdir('/run/sshd', { recursive: true });
  const center = await openNamespace('');
  onTestFinished(center.close);
  const hosts: SshHost[] = [];
  for (let number = 1; number <= count; number++) hosts.push(await startHost(number, center, key));
  const ssh = `ssh -F ${join(folder.path, 'config')} -i ${key}`;
  return { hosts, enter: center.enter, ssh, home: folder.path };
}

/** A host that has crashed is noticed after 2 to 4 seconds. */
const clientConfiguration = `
User root
StrictHostKeyChecking no
UserKnownHostsFile /dev/null
LogLevel ERROR
ConnectTimeout 2
ServerAliveInterval 1
ServerAliveCountMax 2
`;

interface Center {
  readonly enter: readonly string[];
  readonly pid: number;
}

/** Starts a host whose network is connected with that of the center by a cable of its own. */
async function startHost(number: number, center: Center, key: string): Promise<SshHost> {
  const { enter, pid, close } = await openNamespace('nameserver 127.0.0.1\n');
  onTestFinished(close);
  const address = `10.9.${number}.2`;
  const [near, far] = [`host${number}`, 'cable'];
  const cable = ['ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', `${pid}`];
  await succeed([...center.enter, ...cable]);
  await connect(center.enter, near, `10.9.${number}.1`);
  await connect(enter, far, address);
  const nsd = await startNsd({ enter, port: 53 });
  onTestFinished(nsd.stop);
  const config = `${key}-${number}`;
  await writeFile(config, serverConfiguration(address, key));
  // sshd requires its whole path. Its processes die with the first one of their process namespace.
  const whole = ['unshare', '--pid', '--fork', '--kill-child', '/usr/sbin/sshd', '-D', '-e', '-f', config];
  const sshd = await startDaemon([...enter, ...whole], /Server listening/);
  const kill = async () => {
    // unshare ignores SIGTERM.
    process.kill(sshd.pid, 'SIGKILL');
    await sshd.stop();
  };
  let isUp = true;
  onTestFinished(async () => void (isUp && (await kill())));
  return {
    address,
    async crash() {
      await succeed([...enter, 'ip', 'link', 'set', far, 'down']);
      isUp = false;
      await kill();
    },
  };
}

async function connect(enter: readonly string[], cable: string, address: string): Promise<void> {
  await succeed([...enter, 'ip', 'address', 'add', `${address}/24`, 'dev', cable]);
  await succeed([...enter, 'ip', 'link', 'set', cable, 'up']);
}

const serverConfiguration = (address: string, key: string): string => `
ListenAddress ${address}
HostKey ${key}
AuthorizedKeysFile ${key}.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
`;

async function succeed(command: readonly string[]): Promise<void> {
  const { status, stderr } = await run(command);
  if (status !== 0) throw new Error(`Expected ${command.join(' ')} to succeed, got: ${stderr}`);
}
