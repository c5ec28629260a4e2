import { beforeEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../../src/commands/flags/download.js';
import { flag, gifOf, halfFlag, serveFlags } from '../../helpers/flag-server.js';
import * as act from '../../helpers/rdap-server.js';

// Delays between tries are recorded and not waited for.
const delays = vi.hoisted((): number[] => []);
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number) => void delays.push(milliseconds),
}));
beforeEach(() => void delays.splice(0));

/** Downloads a flag from a server that performs this action. */
async function downloadOf(action: act.Action, timeout = 10_000, signal = new AbortController().signal) {
  const server = await serveFlags({ BR: action });
  const result = await download('BR', { baseUrl: server.baseUrl, timeout }, signal);
  return { result, server, host: new URL(server.url).host };
}

describe('download', () => {
  it('gets a flag by its code in lower case', async () => {
    const { result, server } = await downloadOf(flag);
    expect(result).toEqual({ picture: gifOf('BR') });
    expect(server.requests).toMatchObject([{ path: '/data/flags/br/br.gif', accept: 'image/gif' }]);
  });

  it.each([
    ['has status 404', act.html404(), 'not found (HTTP status 404 from HOST)'],
    ['has status 410', act.fail(410), 'not found (HTTP status 410 from HOST)'],
    ['has status 403', act.fail(403), 'HTTP status 403 from HOST'],
    ['is a page', act.notJson(), 'not a GIF picture from HOST'],
    ['is a page sent as a GIF', act.content('<html>', { type: 'image/gif' }), 'not a GIF picture from HOST'],
    ['is empty', act.content('', { type: 'image/gif' }), 'not a GIF picture from HOST'],
    ['has no end', act.endless, 'HOST sends more than 1 MiB'],
  ])('tries once if the flag %s', async (_what, action, reason) => {
    const { result, server, host } = await downloadOf(action);
    expect(result).toEqual({ reason: reason.replace('HOST', host) });
    expect(server.asked()).toEqual(['BR']);
  });

  it.each([
    ['has status 500', act.fail(500), 'HTTP status 500 from HOST', 10_000],
    ['resets the connection', act.reset, 'connection reset by HOST', 10_000],
    ['breaks off the flag', act.brokenOff(flag), 'connection closed by HOST', 10_000],
    ['sends half of the flag and says that it is all', halfFlag, 'incomplete GIF picture from HOST', 10_000],
    ['sends nothing', act.silent, 'no answer in time from HOST', 50],
    ['sends half of the flag', act.stalled(flag), 'no answer in time from HOST', 50],
  ])('tries three times if the server always %s', async (_what, action, reason, timeout) => {
    const { result, host } = await downloadOf(action, timeout);
    expect(result).toEqual({ reason: reason.replace('HOST', host) });
    expect(delays).toEqual([200, 800]);
  });

  it.each([
    ['has status 500', act.fail(500)],
    ['has status 429', act.limited()],
    ['resets the connection', act.reset],
    ['breaks off the flag', act.brokenOff(flag)],
    ['sends half of the flag and says that it is all', halfFlag],
  ])('gets the flag on the second try if the server first %s', async (_what, action) => {
    const { result, server } = await downloadOf(act.inTurn(action, flag));
    expect(result).toEqual({ picture: gifOf('BR') });
    expect(server.asked()).toEqual(['BR', 'BR']);
  });

  it('gets the flag on the second try if the first one times out', async () => {
    const { result } = await downloadOf(act.inTurn(act.silent, flag), 300);
    expect(result).toEqual({ picture: gifOf('BR') });
  });

  it.each([
    ['as long as the server asks for', 0, 0],
    ['no longer than the time-out of the user', 86_400, 10_000],
  ])('waits %s before it tries again', async (_what, seconds, milliseconds) => {
    await downloadOf(act.inTurn(act.unavailable(seconds), flag));
    expect(delays).toEqual([milliseconds]);
  });

  it('ends when it is aborted, without another try', async () => {
    const stop = new AbortController();
    const { result, server } = await downloadOf(() => stop.abort(130), 10_000, stop.signal);
    expect(result).toHaveProperty('reason');
    expect(server.asked()).toEqual(['BR']);
    expect(delays).toEqual([]);
  });
});
