import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { sampleLines } from '../helpers/sample-zone.js';
import { startNsd, startUnbound } from '../helpers/system/name-servers.js';
import { openNamespace } from '../helpers/system/namespace.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom, run } from '../helpers/system/process.js';

const getaddrinfo = fileURLToPath(new URL('../helpers/system/getaddrinfo.py', import.meta.url));

/** A machine of its own that is set to use these name servers, with none of them running yet. */
async function openMachine(resolvConf: string) {
  const { enter, close } = await openNamespace(resolvConf);
  onTestFinished(close);
  return { enter, runInside: (...command: readonly string[]) => run([...enter, ...command]) };
}

async function startPort53(enter: readonly string[], host: string) {
  const nsd = await startNsd({ enter, host, port: 53 });
  onTestFinished(nsd.stop);
}

const unknownLines = (reason: string) =>
  sampleLines.map((line) => `? ${line.slice(2)}  ${reason}`).toSorted();

const needs = ['ip', 'unshare (as root)', 'nsenter', 'nsd'] as const;

describeSystem('without any option', needs, () => {
  it.each([
    ['one name server', 'nameserver 127.0.0.1\n', '127.0.0.1'],
    ['one with an IPv6 address', 'nameserver ::1\n', '::1'],
    [
      'two name servers, of which the first is dead',
      'nameserver 127.0.0.2\nnameserver 127.0.0.1\n',
      '127.0.0.1',
    ],
    ['none, which means the machine itself', '# empty\n', '127.0.0.1'],
  ])('gives the sample run where the system names %s', async (_what, resolvConf, host) => {
    const { enter, runInside } = await openMachine(resolvConf);
    await startPort53(enter, host);
    expect(await runInside(blogdom)).toMatchObject({ status: 0, lines: sampleLines, stderr: '' });
  });

  // How the errors come depends on what is sent when, so that once proves little.
  it('does not know where nothing listens', { repeats: 4 }, async () => {
    const { runInside } = await openMachine('nameserver 127.0.0.1\n');
    const lines = unknownLines('nothing listens at udp://127.0.0.1:53');
    expect(await runInside(blogdom)).toMatchObject({ status: 1, lines, stderr: '' });
  });

  it('does not know where there is no network', async () => {
    const { runInside } = await openMachine('nameserver 192.0.2.53\n');
    const lines = unknownLines('no way to reach udp://192.0.2.53:53');
    expect(await runInside(blogdom)).toMatchObject({ status: 1, lines, stderr: '' });
  });
});

describeSystem('beside getaddrinfo', [...needs, 'unbound', 'python3'], () => {
  async function openMachineWithResolver() {
    const machine = await openMachine('nameserver 127.0.0.1\n');
    const nsd = await startNsd({ enter: machine.enter, port: 5353 });
    onTestFinished(nsd.stop);
    const unbound = await startUnbound(nsd.port, { enter: machine.enter, port: 53 });
    onTestFinished(unbound.stop);
    return machine;
  }

  it('blogdom prints what the original prints', async () => {
    const { runInside } = await openMachineWithResolver();
    const original = await runInside('python3', getaddrinfo);
    expect(original).toMatchObject({ status: 0, lines: sampleLines });
    expect((await runInside(blogdom)).lines).toEqual(original.lines);
  });

  it('with --server system it knows the same live names, and why it does not know the others', async () => {
    const { runInside } = await openMachineWithResolver();
    const reason = 'no address, and getaddrinfo does not say why';
    const lines = sampleLines.map((line) => (line.startsWith('+') ? line : `? ${line.slice(2)}  ${reason}`));
    expect(await runInside(blogdom, '--server', 'system')).toMatchObject({
      status: 1,
      lines: lines.toSorted(),
      stderr: '',
    });
  });

  it('takes no dead network for free names, as the original does', async () => {
    const { runInside } = await openMachine('nameserver 127.0.0.1\noptions attempts:1\n');
    const original = await runInside('python3', getaddrinfo);
    expect(original.lines).toEqual(sampleLines.map((line) => `  ${line.slice(2)}`).toSorted());
    expect((await runInside(blogdom, '--only', 'absent')).lines).toEqual([]);
  });
});
