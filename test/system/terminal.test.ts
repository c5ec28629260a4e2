import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { fromZone, gate, silent, startNameServer } from '../helpers/name-server.js';
import { type ForeignServer, startNsd } from '../helpers/system/name-servers.js';
import { describeSystem } from '../helpers/system/needs.js';
import { blogdom } from '../helpers/system/process.js';
import { openTerminal } from '../helpers/system/terminal.js';

/** Waits for what the user sees in the end. */
const expectScreen = (look: () => Promise<string>) => expect.poll(look, { timeout: 10_000, interval: 20 });

const dim = '\u001b[2m';
const bold = '\u001b[1m';

describeSystem('blogdom in a terminal', ['nsd', 'tmux'], () => {
  let nsd: ForeignServer;
  beforeAll(async () => {
    nsd = await startNsd();
    return nsd.stop;
  });
  const ask = (...words: readonly string[]) => [blogdom, '-s', `127.0.0.1:${nsd.port}`, ...words];

  it.each([
    ['a live name dim', 'not', `+ ${dim}not.dev`],
    ['a taken name dim', 'mail', `~ ${dim}mail.dev`],
    ['an absent name bold', 'if', `  ${bold}if.dev`],
  ])('colours %s', async (_name, word, line) => {
    const terminal = await openTerminal(ask(word));
    await expectScreen(terminal.text).toMatch(/\nstatus 0$/);
    expect(await terminal.colored()).toContain(line);
  });

  it('does not colour names if TERM says that the terminal is dumb', async () => {
    const terminal = await openTerminal(['env', 'TERM=dumb', ...ask('not')]);
    await expectScreen(terminal.colored).toMatch(/^\+ not\.dev\n1 name in [\d.]+ s: 1 live\nstatus 0$/);
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
    await expectScreen(terminal.text).toMatch(/^interrupted after 0 names in [\d.]+ s\nstatus 130$/);
  });
});

describeSystem('blogdom --format grid in a terminal', ['tmux'], () => {
  it('fills in the cells in place, and in the end prints the whole grid', async () => {
    const { hold, release } = gate();
    const zone = fromZone({ dev: {}, io: {}, 'not.dev': { A: ['192.0.2.1'] } });
    const server = await startNameServer(() => hold(zone));
    onTestFinished(server.close);
    const args = ['-s', server.address, '--no-canary', '--timeout', '30', '-o', 'grid', '-t', 'dev,io'];
    const terminal = await openTerminal([blogdom, ...args, 'not', 'is']);
    // After half a second, a line below it shows the progress.
    const pending = '     dev  io\nnot  ·    ·\nis   ·    ·\n\n· no answer yet';
    await expectScreen(terminal.text).toContain(pending);
    release('not.dev');
    await expectScreen(terminal.text).toContain(
      '     dev  io\nnot  +    ·\nis   ·    ·\n\n+ live  · no answer yet',
    );
    release();
    await expectScreen(terminal.text).toMatch(
      /^ {5}dev {2}io\nnot {2}\+ {4}-\nis {3}- {4}-\n\n\+ live {2}- absent\n4 names in .*\nstatus 0$/s,
    );
    expect(await terminal.colored()).toContain(`not  ${dim}+`);
  });

  it('prints what is known at Ctrl-C', async () => {
    const { hold, release } = gate();
    const server = await startNameServer(() => hold(fromZone({ dev: {} })));
    onTestFinished(server.close);
    const args = ['-s', server.address, '--no-canary', '--timeout', '30', '-o', 'grid'];
    const terminal = await openTerminal([blogdom, ...args, 'not', 'is']);
    await expectScreen(terminal.text).toContain('is   ·');
    release('is.dev');
    await expectScreen(terminal.text).toContain('is   -');
    await terminal.press('C-c');
    await expectScreen(terminal.text).toMatch(
      /^ {4}dev\nis {2}-\n\n- absent\ninterrupted after 1 name in .*\nstatus 130$/s,
    );
  });
});
