import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { sampleLines } from '../helpers/sample-zone.js';
import { startNsd, startUnbound } from '../helpers/system/name-servers.js';
import { openNamespace } from '../helpers/system/namespace.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';

const getaddrinfo = fileURLToPath(new URL('../helpers/system/getaddrinfo.py', import.meta.url));

/** Opens a network whose system is set to use the given name servers, none of which is running yet. */
async function openNetwork(resolvConf: string) {
  const { enter, close } = await openNamespace(resolvConf);
  onTestFinished(close);
  return { enter, runInside: (...command: readonly string[]) => run([...enter, ...command]) };
}

async function startNsdAtPort53(enter: readonly string[], host: string) {
  const nsd = await startNsd({ enter, host, port: 53 });
  onTestFinished(nsd.stop);
}

const unknownLines = (reason: string) =>
  sampleLines.map((line) => `? ${line.slice(2)}  ${reason}`).toSorted();

const needs = ['ip', 'unshare (as root)', 'nsenter', 'nsd'] as const;

describeSystem('blogdom without any option', needs, () => {
  it.each([
    ['one name server', 'nameserver 127.0.0.1\n', '127.0.0.1'],
    ['one name server with an IPv6 address', 'nameserver ::1\n', '::1'],
    ['a dead name server and a working one', 'nameserver 127.0.0.2\nnameserver 127.0.0.1\n', '127.0.0.1'],
    ['no name server, which means the machine itself', '# empty\n', '127.0.0.1'],
  ])('prints the sample run if the system is set to use %s', async (_case, resolvConf, host) => {
    const { enter, runInside } = await openNetwork(resolvConf);
    await startNsdAtPort53(enter, host);
    expect(await runInside(blogdom)).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
  });

  // Which errors arrive depends on timing, so one run proves little.
  it('prints every name as unknown if nothing listens at the name server', { repeats: 4 }, async () => {
    const { runInside } = await openNetwork('nameserver 127.0.0.1\n');
    const lines = unknownLines('nothing is listening at udp://127.0.0.1:53');
    expect(await runInside(blogdom)).toMatchObject({ status: 1, lines, stderr: '' });
  });

  it('prints every name as unknown if there is no network', async () => {
    const { runInside } = await openNetwork('nameserver 192.0.2.53\n');
    const lines = unknownLines('cannot reach udp://192.0.2.53:53');
    expect(await runInside(blogdom)).toMatchObject({ status: 1, lines, stderr: '' });
  });
});

describeSystem('blogdom compared with getaddrinfo', [...needs, 'unbound', 'python3'], () => {
  async function openNetworkWithResolver() {
    const network = await openNetwork('nameserver 127.0.0.1\n');
    const nsd = await startNsd({ enter: network.enter, port: 5353 });
    onTestFinished(nsd.stop);
    const unbound = await startUnbound(nsd.port, { enter: network.enter, port: 53 });
    onTestFinished(unbound.stop);
    return network;
  }

  it('prints the same lines', async () => {
    const { runInside } = await openNetworkWithResolver();
    const original = await runInside('python3', getaddrinfo);
    expect(original).toMatchObject({ status: 0, lines: sampleLines });
    expect((await runInside(blogdom)).lines).toEqual(original.lines);
  });

  it('finds the same live names with --server system, and says why the others are unknown', async () => {
    const { runInside } = await openNetworkWithResolver();
    const reason = 'no address, and getaddrinfo does not say why';
    const lines = sampleLines.map((line) => (line.startsWith('+') ? line : `? ${line.slice(2)}  ${reason}`));
    expect(await runInside(blogdom, '--server', 'system')).toMatchObject({
      status: 1,
      lines: lines.toSorted(),
      stderr: '',
    });
  });

  it('prints no name as absent if the network is dead, unlike getaddrinfo', async () => {
    const { runInside } = await openNetwork('nameserver 127.0.0.1\noptions attempts:1\n');
    const original = await runInside('python3', getaddrinfo);
    expect(original.lines).toEqual(sampleLines.map((line) => `  ${line.slice(2)}`).toSorted());
    expect((await runInside(blogdom, '--only', 'absent')).lines).toEqual([]);
  });
});
