import { afterEach, describe, expect, it, vi } from 'vitest';
import { get } from '../../src/rdap/get.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';

afterEach(() => void vi.useRealTimers());

const mebibyte = 1024 * 1024;

/** Serves one action over HTTP, and gets a name's document of it. */
async function answerOf(action: act.Action, signal = AbortSignal.timeout(10_000)) {
  const server = await serveRdap(() => action, { tls: false });
  const answer = await get(`${server.url}domain/x.dev`, 'application/rdap+json', signal);
  return { answer, server };
}

const failing = (text: string) => ({ failure: expect.stringContaining(text) });

it('gives status and body of whatever the server says, and asks by GET for what is wanted', async () => {
  const { answer, server } = await answerOf(act.content('grüß dich', { status: 418 }));
  expect(answer).toEqual({ status: 418, retryAfter: undefined, body: 'grüß dich' });
  expect(server.requests).toMatchObject([
    { method: 'GET', path: '/domain/x.dev', accept: 'application/rdap+json' },
  ]);
});

it('puts a body together, whatever pieces it comes in, compressed or not', async () => {
  expect((await answerOf(act.trickled(act.content('grüß dich')))).answer).toMatchObject({
    body: 'grüß dich',
  });
  expect((await answerOf(act.gzipped(act.content('grüß dich')))).answer).toMatchObject({ body: 'grüß dich' });
});

describe('when to come again', () => {
  it.each([
    ['in seconds', '120', 120_000],
    ['at once', '0', 0],
    ['at a time', 'Thu, 01 Jan 2032 00:02:00 GMT', 120_000],
    ['at a time that is past', 'Wed, 31 Dec 2031 23:00:00 GMT', 0],
    ['in words', 'after lunch', undefined],
  ])('is understood %s', async (_what, retryAfter, milliseconds) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2032, 0, 1) });
    const { answer } = await answerOf(act.limited(retryAfter));
    expect(answer).toMatchObject({ status: 429, retryAfter: milliseconds });
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('of status %i are followed, to another server, too', async (status) => {
    const target = await serveRdap({ 'x.dev': act.content('here') }, { tls: false });
    const { answer } = await answerOf(act.redirect(target, status));
    expect(answer).toMatchObject({ status: 200, body: 'here' });
  });

  it('are followed 5 times, and not a 6th', async () => {
    expect((await answerOf(act.redirected(5, act.content('here')))).answer).toMatchObject({ body: 'here' });
    const { answer, server } = await answerOf(act.redirected(6, act.content('here')));
    expect(answer).toEqual(failing('redirects more than 5 times'));
    expect(server.requests).toHaveLength(6);
  });

  it('end where they go round', async () => {
    const { answer, server } = await answerOf(act.loop);
    expect(answer).toEqual(failing('redirects'));
    expect(server.requests).toHaveLength(6);
  });

  it.each(['file:///etc/passwd', 'data:application/json,{}', 'ftp://127.0.0.1/', 'http://[', 'javascript:0'])(
    'to %s are not followed',
    async (location) => {
      expect((await answerOf(act.redirect(location))).answer).toEqual(failing('redirects to where nothing'));
    },
  );
});

describe('a body', () => {
  it('may have 1 MiB', async () => {
    const { answer } = await answerOf(act.content('a'.repeat(mebibyte)));
    expect('body' in answer && answer.body.length).toBe(mebibyte);
  });

  it.each([
    ['one octet more', act.content('a'.repeat(mebibyte + 1))],
    ['no end', act.endless],
    ['more than that once it is unpacked', act.gzipped(act.content('a'.repeat(2 * mebibyte)))],
  ])('may not have %s', async (_what, action) => {
    const { answer, server } = await answerOf(action);
    expect(answer).toEqual(failing('more than 1 MiB'));
    await server.idle();
  });
});

describe('it fails, and does not throw,', () => {
  it.each([
    ['where the body breaks off', act.brokenOff(act.found())],
    ['where a 404 breaks off', act.brokenOff(act.notFound())],
    ['where the connection is reset', act.reset],
  ])('%s', async (_what, action) => {
    expect((await answerOf(action)).answer).toEqual({ failure: expect.any(String) });
  });

  it.each([
    ['nothing', act.silent],
    ['half an answer', act.stalled(act.found())],
  ])('where the time is over and there is %s', async (_what, action) => {
    const { answer } = await answerOf(action, AbortSignal.timeout(200));
    expect(answer).toEqual(failing('no answer in time'));
  });

  it('where nobody listens', async () => {
    const server = await serveRdap({}, { tls: false });
    await server.close();
    const answer = await get(server.url, '*/*', AbortSignal.timeout(10_000));
    expect(answer).toEqual(failing('ECONNREFUSED'));
  });

  it('where the certificate is not to be trusted', async () => {
    const server = await serveRdap({ 'x.dev': act.found() }, { tls: true });
    const answer = await get(`${server.url}domain/x.dev`, '*/*', AbortSignal.timeout(10_000));
    expect(answer).toEqual(failing('UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
    expect(server.requests).toEqual([]);
  });
});
