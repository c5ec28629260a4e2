import { expect, it, onTestFinished } from 'vitest';
import { start } from '../helpers/built-command.js';
import { startNsd } from '../helpers/system/name-servers.js';
import { openNamespace } from '../helpers/system/namespace.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom } from '../helpers/system/process.js';

const working = 'nameserver 127.0.0.1\n';
const dead = 'nameserver 127.0.0.2\n';

/** A run in rounds that follow each other at once, and that gives up after two seconds. */
const watch = [blogdom, ...'--watch .01 --timeout 1 --tries 2 not'.split(' ')];

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
    const { running, setResolvConf } = await startInside(watch, dead);
    expect(await running.stdout.nextLine()).toMatch(/^\? not\.dev {2}.* udp:\/\/127\.0\.0\.2:53/);
    await setResolvConf(working);
    expect(await running.stdout.nextLine()).toMatch(/^\+ not\.dev {2}unknown -> live/);
    await setResolvConf(dead);
    expect(await running.stderr.nextLine()).toMatch(
      /^blogdom: .*no answer this time, which is no change.*127\.0\.0\.2/,
    );
  });

  it('does not replace the servers that the user has chosen', async () => {
    const { running } = await startInside([...watch, '-v', '-s', '127.0.0.2'], working);
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

/** Probes a name for each line of its input. */
const library = `
import { createInterface } from 'node:readline';
import { probe } from '${new URL('../../dist/index.js', import.meta.url)}';
for await (const line of createInterface(process.stdin)) {
  const probing = probe('not.dev', JSON.parse(line));
  console.log('asking');
  const { status, reason } = await probing;
  console.log(reason ?? status);
}`;

describeSystem('a change of network, in a program that uses the library', needs, () => {
  const program = [process.execPath, '--input-type=module', '-e', library];

  it('is noticed by the next call', async () => {
    const { running, setResolvConf } = await startInside(program, dead);
    const ask = async () => {
      running.type('{"timeout":1,"tries":2}\n');
      return [await running.stdout.nextLine(), await running.stdout.nextLine()];
    };
    expect(await ask()).toEqual(['asking', expect.stringContaining('127.0.0.2')]);
    await setResolvConf(working);
    expect(await ask()).toEqual(['asking', 'live']);
  });

  it('is noticed while no name is answered', async () => {
    const { running, setResolvConf } = await startInside(program, dead);
    running.type('{}\n');
    expect(await running.stdout.nextLine()).toBe('asking');
    await setResolvConf(working);
    expect(await running.stdout.nextLine()).toBe('live');
  });
});
