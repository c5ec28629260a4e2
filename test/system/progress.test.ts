import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fromZone, gate, startNameServer } from '../helpers/name-server.js';
import { sampleLines, sampleZone } from '../helpers/sample-zone.js';
import { makeFolder } from '../helpers/system/folder.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom } from '../helpers/system/process.js';
import { openTerminal, type Terminal } from '../helpers/system/terminal.js';

/** Starts a server that answers for a name when the test lets it. */
async function startHeldServer() {
  const { hold, release } = gate();
  const zone = fromZone(sampleZone);
  const server = await startNameServer(({ name }) => (name === 'dev' ? zone : hold(zone)));
  onTestFinished(server.close);
  return { release, command: [blogdom, '--no-canary', '--timeout', '20', '-s', server.address] };
}

const expectScreen = ({ text }: Terminal) => expect.poll(text, { timeout: 10_000, interval: 20 });

/** A script in which `$@` is the command. */
const script = (text: string, command: readonly string[]) => ['sh', '-c', text, 'sh', ...command];

describeSystem('the progress of blogdom in a terminal', ['tmux'], () => {
  it('is a line below the results, which leaves no trace, even if the terminal is resized', async () => {
    const { release, command } = await startHeldServer();
    const terminal = await openTerminal(command, 80);
    await expectScreen(terminal).toMatch(
      /^\[-+\] {2}0% {2}0\/18 {2}waiting for a reply from udp:\/\/127\.0\.0\.1:\d+$/,
    );
    release('not.dev');
    await expectScreen(terminal).toMatch(/^\+ not\.dev\n\[#-+\] {2}5% {2}1\/18 {2}1 live .*$/);
    for (const [columns, name] of [
      [40, 'if.dev'],
      [200, 'is.dev'],
      [60, 'or.dev'],
    ] as const) {
      await terminal.resize(columns);
      release(name);
      await expectScreen(terminal).toMatch(new RegExp(`\n {2}${name}\n.*\\d/18 .*$`));
    }
    release();
    await expectScreen(terminal).toMatch(/\nstatus 0$/);
    const lines = (await terminal.text()).split('\n');
    expect(lines.slice(0, sampleLines.length).toSorted()).toEqual(sampleLines);
    expect(lines[sampleLines.length]).toMatch(/^18 names in [\d.]+ s: 9 live, 9 absent$/);
    expect(lines[sampleLines.length + 1]).toMatch(/^Perhaps free: elif /);
  });

  it('says why nothing comes if nothing is listening at the only server, and leaves no trace', async () => {
    const terminal = await openTerminal([blogdom, '-s', '127.0.0.1:1'], 80);
    await expectScreen(terminal).toBe(
      '0%  0/18  nothing is listening at udp://127.0.0.1:1; trying for another 4 s',
    );
    await expectScreen(terminal).toMatch(/trying for another 2 s$/);
    await expectScreen(terminal).toMatch(/\nstatus 1$/);
    const lines = (await terminal.text()).split('\n');
    expect(lines.filter((line) => line.includes('trying'))).toEqual([]);
    expect(lines[0]).toMatch(/^\? \w+\.dev {2}nothing is listening at udp:\/\/127\.0\.0\.1:1$/);
  });

  it('is shown while the results go to a file', async () => {
    const { release, command } = await startHeldServer();
    const folder = await makeFolder();
    onTestFinished(folder.remove);
    const file = join(folder.path, 'results');
    const terminal = await openTerminal(script(`"$@" > '${file}'`, command));
    await expectScreen(terminal).toMatch(/ 0\/18 {2}waiting/);
    release();
    await expectScreen(terminal).toMatch(
      /^18 names in [\d.]+ s: 9 live, 9 absent\nPerhaps free: .*\nstatus 0$/s,
    );
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.toSorted()).toEqual(sampleLines);
  });

  it('is not shown if another program of the pipeline prints to the terminal', async () => {
    const { release, command } = await startHeldServer();
    const terminal = await openTerminal(script('"$@" | cat', command));
    release('not.dev');
    await expectScreen(terminal).toBe('+ not.dev');
    // Longer than it takes until the progress is shown.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await terminal.text()).toBe('+ not.dev');
    release();
    await expectScreen(terminal).toMatch(/\nstatus 0$/);
    const lines = (await terminal.text()).split('\n');
    expect(lines.slice(0, -1).toSorted()).toEqual(sampleLines);
  });

  it('is not shown with --quiet', async () => {
    const { release, command } = await startHeldServer();
    const terminal = await openTerminal([...command, '--quiet']);
    release('not.dev');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await terminal.text()).toBe('+ not.dev');
    release();
    await expectScreen(terminal).toMatch(/\nstatus 0$/);
    expect((await terminal.text()).split('\n')).toHaveLength(19);
  });

  it('leaves no trace after Ctrl-C', async () => {
    const { release, command } = await startHeldServer();
    const terminal = await openTerminal(command);
    release('not.dev');
    await expectScreen(terminal).toMatch(/^\+ not\.dev\n.* 1\/18 /);
    await terminal.press('C-c');
    await expectScreen(terminal).toMatch(
      /^\+ not\.dev\ninterrupted after 1 name in [\d.]+ s: 1 live\nstatus 130$/,
    );
  });
});
