import { beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../helpers/command.js';
import type { NameServer } from '../helpers/name-server.js';
import { hasTerminal, startInTerminal } from '../helpers/terminal.js';

let server: NameServer;
beforeAll(async () => {
  server = await serve({ 'live.dev': { A: ['192.0.2.1'] } });
});

// Needs the `script` command of util-linux.
describe.skipIf(!hasTerminal).concurrent('blogdom at a terminal', () => {
  it.each([
    ['colours names', {}, '\x1b[2mlive.dev\x1b[22m'],
    ['does not colour names if NO_COLOR is set', { NO_COLOR: '1' }, 'live.dev'],
  ])('%s, and sums up the run', async (_what, env, name) => {
    const ended = await startInTerminal(['-s', server.address, 'live'], env).ended;
    const [result, summary, ...rest] = ended.stdout.split('\r\n');
    expect(result).toBe(`+ ${name}`);
    expect(summary).toMatch(/^1 name in \d\.\d+ s: 1 live$/);
    expect({ rest, status: ended.status }).toEqual({ rest: [''], status: 0 });
  });

  it('ends with status 130 when Ctrl-C is typed', async () => {
    const running = startInTerminal(['-s', server.address, '--color=never', '-']);
    running.type('live\n');
    expect(await running.stdout.nextLine()).toBe('live\r');
    expect(await running.stdout.nextLine()).toBe('+ live.dev\r');
    running.type('\x03');
    expect((await running.ended).status).toBe(130);
  });
});
