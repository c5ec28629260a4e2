import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { run } from '../../../src/commands/flags/run.js';
import { flag, flagGate } from '../../helpers/flag-server.js';
import { html404 } from '../../helpers/rdap-server.js';
import { openDownloading } from './downloading.js';

it.each([
  ['on a line of its own where both go to a terminal', true, /^BR \nblogdom-flags: CN: [^\n]+\nFR \n2 d/],
  ['without a change to the line of codes elsewhere', false, /^BR blogdom-flags: CN: [^\n]+\nFR \n2 d/],
])('shows a failure %s', async (_what, isTerminal, shown) => {
  const gate = flagGate();
  const { server, out } = await openDownloading({ CN: gate.hold(html404()), FR: gate.hold(flag) });
  const screen = new PassThrough();
  const seen = text(screen);
  const more = { baseUrl: server.baseUrl, out, timeout: 10_000, force: false, isTerminal };
  const options = { codes: ['BR', 'CN', 'FR'], concurrency: 1, ...more };
  const ended = run(options, { stdout: screen, stderr: screen }, new AbortController().signal);
  gate.release();
  expect(await ended).toBe(1);
  screen.end();
  expect(await seen).toMatch(shown);
});
