import { beforeAll, describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines } from '../../helpers/command.js';
import { type NameServer, noData, refuse } from '../../helpers/name-server.js';
import { hasTerminal, startInTerminal } from '../../helpers/terminal.js';

let server: NameServer;
beforeAll(async () => {
  server = await serve({ 'live.dev': { A: ['192.0.2.1'] }, 'taken.dev': noData, 'refused.dev': refuse });
});

const plain = '+ live.dev\n';
// Green, as SGR has it (ECMA-48 section 8.3.117): 32 and, for the default color again, 39.
const colored = '+ \x1b[32mlive.dev\x1b[39m\n';

const ask = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  blogdom(['-s', server.address, ...args], { env });

describe.concurrent('in a pipe', () => {
  it.each([
    ['', {}, plain],
    ['--color auto', { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, plain],
    ['--color always', {}, colored],
    ['--color always', { NO_COLOR: '1', TERM: 'dumb' }, colored],
    ['--color never', { FORCE_COLOR: '1' }, plain],
    ['', { FORCE_COLOR: '1' }, colored],
    ['', { FORCE_COLOR: '1', TERM: 'dumb' }, colored],
    ['', { FORCE_COLOR: '1', NO_COLOR: '1' }, plain],
    ['', { FORCE_COLOR: '1', NO_COLOR: '' }, colored],
    ['', { FORCE_COLOR: '' }, plain],
  ])('with "%s" and %j the output is %j', async (args, env, stdout) => {
    const given = args === '' ? [] : args.split(' ');
    expect(await ask([...given, 'live'], env)).toEqual({ stdout, stderr: '', status: 0 });
  });

  it('each status has its color, and marks and reasons have none, so that grep finds them', async () => {
    const { stdout } = await ask(['--color', 'always', 'live', 'taken', 'free', 'refused']);
    expect(sortedLines(stdout)).toEqual([
      '  \x1b[2mfree.dev\x1b[22m',
      '+ \x1b[32mlive.dev\x1b[39m',
      `? \x1b[31mrefused.dev\x1b[39m  REFUSED from udp://${server.address}`,
      '~ \x1b[33mtaken.dev\x1b[39m',
    ]);
  });

  it.each(['names', 'json', 'csv'])('--format %s has no color', async (format) => {
    const { stdout } = await ask(['--color', 'always', '-o', format, 'live']);
    expect(stdout).not.toContain('\x1b');
  });
});

describe
  .skipIf(!hasTerminal)
  .concurrent('at a terminal (which needs the script command of util-linux)', () => {
    it.each([
      ['', {}, colored],
      ['', { NO_COLOR: '' }, colored],
      ['', { NO_COLOR: '1' }, plain],
      ['', { TERM: 'dumb' }, plain],
      ['', { TERM: 'dumb', FORCE_COLOR: '1' }, colored],
      ['--color=never', {}, plain],
    ])('with "%s" and %j the output is %j', async (args, env, output) => {
      const { stdout, status } = await startInTerminal(['-s', server.address, args, 'live'], env).ended;
      expect({ stdout, status }).toEqual({ stdout: output.replace('\n', '\r\n'), status: 0 });
    });
  });
