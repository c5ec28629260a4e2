import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { silent, startNameServer } from '../helpers/name-server.js';
import { type ForeignServer, startNsd } from '../helpers/system/name-servers.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom } from '../helpers/system/process.js';
import { openTerminal } from '../helpers/system/terminal.js';

/** Waits for what the user sees in the end. */
const expectScreen = (look: () => Promise<string>) => expect.poll(look, { timeout: 10_000, interval: 20 });

const green = '\u001b[32m';
const yellow = '\u001b[33m';
const dim = '\u001b[2m';

describeSystem('blogdom in a terminal', ['nsd', 'tmux'], () => {
  let nsd: ForeignServer;
  beforeAll(async () => {
    nsd = await startNsd();
    return nsd.stop;
  });
  const ask = (...words: readonly string[]) => [blogdom, '-s', `127.0.0.1:${nsd.port}`, ...words];

  it.each([
    ['a live name green', 'not', `+ ${green}not.dev`],
    ['a taken name yellow', 'mail', `~ ${yellow}mail.dev`],
    ['an absent name dim', 'if', `  ${dim}if.dev`],
  ])('colours %s', async (_name, word, line) => {
    const terminal = await openTerminal(ask(word));
    await expectScreen(terminal.text).toMatch(/\nstatus 0$/);
    expect(await terminal.colored()).toContain(line);
  });

  it('does not colour names if TERM says that the terminal is dumb', async () => {
    const terminal = await openTerminal(['env', 'TERM=dumb', ...ask('not')]);
    await expectScreen(terminal.colored).toBe('+ not.dev\nstatus 0');
  });

  it('answers each name before the next one is typed', async () => {
    const terminal = await openTerminal(ask('-'));
    await terminal.press('not', 'Enter');
    await expectScreen(terminal.text).toBe('not\n+ not.dev');
    await terminal.press('if', 'Enter');
    await expectScreen(terminal.text).toBe('not\n+ not.dev\nif\n  if.dev');
    await terminal.press('C-d');
    await expectScreen(terminal.text).toBe('not\n+ not.dev\nif\n  if.dev\nstatus 0');
  });

  it('exits with status 130 at Ctrl-C while it waits for an answer', async () => {
    const server = await startNameServer(() => silent);
    onTestFinished(server.close);
    const terminal = await openTerminal([blogdom, '-s', server.address, '--no-canary']);
    await server.received(18);
    await terminal.press('C-c');
    await expectScreen(terminal.text).toBe('^Cstatus 130');
  });
});
