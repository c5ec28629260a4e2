import { describe, expect, it } from 'vitest';
import { flag, flagGate } from '../../helpers/flag-server.js';
import * as act from '../../helpers/rdap-server.js';
import { openDownloading, printed } from './downloading.js';

/** Nothing that is sent in vain takes the tests' time. */
const atOnce = { headers: { 'retry-after': '0' } };

const faults: readonly (readonly [what: string, does: act.Action, reason: string, requests: number])[] = [
  ['is not there', act.html404(), 'not there (404 from HOST)', 1],
  ['is gone', act.fail(410), 'not there (410 from HOST)', 1],
  ['is not for everybody', act.fail(403), '403 from HOST', 1],
  ['makes the server fail, again and again', act.fail(500, atOnce), '500 from HOST', 3],
  ['is asked for too often, again and again', act.limited(0), '429 from HOST', 3],
  ['ends in a reset connection, again and again', act.reset, 'connection reset by HOST', 3],
  ['breaks off, again and again', act.brokenOff(flag), 'broken off by HOST', 3],
  ['does not come, again and again', act.silent, 'no answer in time from HOST', 3],
  ['comes by half, again and again', act.stalled(flag), 'no answer in time from HOST', 3],
  ['is a page', act.notJson(), 'no GIF picture from HOST', 1],
  [
    'is a page that says it is a picture',
    act.content('<html>', { type: 'image/gif' }),
    'no GIF picture from HOST',
    1,
  ],
  ['is empty', act.content('', { type: 'image/gif' }), 'no GIF picture from HOST', 1],
  ['has no end', act.endless, 'HOST sends more than 1 MiB', 1],
  ['leads round in circles', act.loop, 'HOST redirects more than 5 times', 6],
  ['leads to a file', act.redirect('file:///etc/passwd'), 'HOST redirects to where nothing may be asked', 1],
];

describe('a flag that', () => {
  it.each(faults)('%s is reported, and the others are there', async (_what, does, reason, requests) => {
    const { run, server, files } = await openDownloading({ CN: does });
    const { stdout, stderr, status } = await run('BR', 'CN', 'FR', '--timeout', '0.2');
    const { host } = new URL(server.url);
    expect(stderr).toBe(`blogdom-flags: CN: ${reason.replace('HOST', host)}\n`);
    expect(printed(stdout)).toEqual({ codes: ['BR', 'FR'], last: '2 downloads' });
    expect(status).toBe(1);
    expect(server.asked().filter((code) => code === 'CN')).toHaveLength(requests);
    expect(await files()).toEqual(['BR.gif', 'FR.gif']);
  });
});

describe('a flag is saved that at first', () => {
  it.each([
    ['makes the server fail', act.fail(500)],
    ['is not to be had', act.unavailable()],
    ['is asked for too often', act.limited(0)],
    ['ends in a reset connection', act.reset],
    ['breaks off', act.brokenOff(flag)],
    ['does not come', act.silent],
  ])('%s', async (_what, does) => {
    const { run, server, files } = await openDownloading({ BR: act.inTurn(does, flag) });
    const { stdout, stderr, status } = await run('BR', '--timeout', '0.5');
    expect(printed(stdout)).toEqual({ codes: ['BR'], last: '1 download' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(server.asked()).toEqual(['BR', 'BR']);
    expect(await files()).toEqual(['BR.gif']);
  });
});

it('does not come again when the server would like, but when the user would', async () => {
  const { run, server } = await openDownloading({ BR: act.inTurn(act.unavailable(86_400), flag) });
  expect((await run('BR', '--timeout', '0.5')).status).toBe(0);
  expect(server.asked()).toEqual(['BR', 'BR']);
});

it('reports a failure the moment it is known', async () => {
  const gate = flagGate();
  const { start } = await openDownloading({ CN: act.html404(), BR: gate.hold(flag) });
  const running = start('BR', 'CN');
  expect(await running.stderr.nextLine()).toMatch(/^blogdom-flags: CN: not there/);
  gate.release();
  expect(printed((await running.ended).stdout)).toEqual({ codes: ['BR'], last: '1 download' });
});

it('says that nobody is there', async () => {
  const { run, server } = await openDownloading();
  await server.close();
  const { stdout, stderr, status } = await run('BR');
  expect(stderr).toBe(`blogdom-flags: BR: nothing listens at ${new URL(server.url).host}\n`);
  expect(printed(stdout)).toEqual({ codes: [], last: '0 downloads' });
  expect(status).toBe(1);
});
