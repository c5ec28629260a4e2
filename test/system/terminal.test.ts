import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { silent, startNameServer } from '../helpers/name-server.js';
import { type ForeignServer, startNsd } from '../helpers/system/name-servers.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom } from '../helpers/system/process.js';
import { openTerminal } from '../helpers/system/terminal.js';

/** What a person sees at last. */
const seen = (look: () => Promise<string>) => expect.poll(look, { timeout: 10_000, interval: 20 });

const green = '\u001b[32m';
const yellow = '\u001b[33m';
const dim = '\u001b[2m';

describeSystem('in a terminal', ['nsd', 'tmux'], () => {
  let nsd: ForeignServer;
  beforeAll(async () => {
    nsd = await startNsd();
    return nsd.stop;
  });
  const ask = (...words: readonly string[]) => [blogdom, '-s', `127.0.0.1:${nsd.port}`, ...words];

  it.each([
    ['not', `+ ${green}not.dev`],
    ['mail', `~ ${yellow}mail.dev`],
    ['if', `  ${dim}if.dev`],
  ])('colors the name that %s makes', async (word, line) => {
    const terminal = await openTerminal(ask(word));
    await seen(terminal.text).toMatch(/\nstatus 0$/);
    expect(await terminal.colored()).toContain(line);
  });

  it.each([
    ['NO_COLOR is set', 'NO_COLOR=1'],
    ['the terminal is a dumb one', 'TERM=dumb'],
  ])('does not color where %s', async (_what, variable) => {
    const terminal = await openTerminal(['env', variable, ...ask('not')]);
    await seen(terminal.colored).toBe('+ not.dev\nstatus 0');
  });

  it('answers each name before the next is typed', async () => {
    const terminal = await openTerminal(ask('-'));
    await terminal.press('not', 'Enter');
    await seen(terminal.text).toBe('not\n+ not.dev');
    await terminal.press('if', 'Enter');
    await seen(terminal.text).toBe('not\n+ not.dev\nif\n  if.dev');
    await terminal.press('C-d');
    await seen(terminal.text).toBe('not\n+ not.dev\nif\n  if.dev\nstatus 0');
  });

  it('exits with 130 at Ctrl-C while it waits for a name', async () => {
    const terminal = await openTerminal(ask('-'));
    await terminal.press('not', 'Enter');
    await seen(terminal.text).toBe('not\n+ not.dev');
    await terminal.press('C-c');
    await seen(terminal.text).toBe('not\n+ not.dev\n^Cstatus 130');
  });

  it('exits with 130 at Ctrl-C while it waits for an answer', async () => {
    const server = await startNameServer(() => silent);
    onTestFinished(server.close);
    const terminal = await openTerminal([blogdom, '-s', server.address, '--no-canary']);
    await server.received(18);
    await terminal.press('C-c');
    await seen(terminal.text).toBe('^Cstatus 130');
  });
});
