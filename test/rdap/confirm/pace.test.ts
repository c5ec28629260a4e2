import { describe, expect, it } from 'vitest';
import { startBlogdom } from '../../helpers/built-command.js';
import { sortedLines } from '../../helpers/command.js';
import * as dns from '../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { confirm, nameServer } from './asking.js';

const words = ['aaa', 'bbb', 'ccc', 'ddd', 'eee', 'fff'];
const allUnregistered = words.map((word) => `* ${word}.dev`);

describe.concurrent('a refusal costs time and no answer', () => {
  it.each([
    ['429 and nothing else', act.limited()],
    ['429 and to come again in a second', act.limited(1)],
    ['429 and to come again at once', act.limited(0)],
    ['429 and to come again at a time', act.limited(new Date())],
    ['429 and to come again when nobody knows', act.limited('soon')],
    ['503 and nothing else', act.unavailable()],
    ['503 and to come again in a second', act.unavailable(1)],
  ])('that says %s', async (_what, refusal) => {
    const registry = await serveRdap(() => act.inTurn(refusal, act.found(['client hold'])));
    const { stdout, status } = await confirm({ dev: registry.url }, ['xyz']);
    expect({ stdout, status }).toEqual({ stdout: '~ xyz.dev  registered, client hold\n', status: 0 });
    expect(registry.requests).toHaveLength(2);
  });

  it('of every second request', async () => {
    const limit = act.rateLimit({ burst: 1, refusal: act.limited(0) }, act.notFound());
    const registry = await serveRdap(() => limit);
    const { stdout } = await confirm({ dev: registry.url }, words);
    expect(sortedLines(stdout)).toEqual(allUnregistered);
  });
});

it('does not come again before the time that the registry names', async () => {
  const registry = await serveRdap(() => act.inTurn(act.limited(1), act.notFound()));
  expect((await confirm({ dev: registry.url }, ['xyz'])).stdout).toBe('* xyz.dev\n');
  const [first, second] = registry.requests;
  // A timer may be a little early, never by a tenth.
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(900);
});

it.each([
  ['in an hour', () => 3600],
  ['at a time an hour ahead', () => new Date(Date.now() + 3_600_000)],
])('gives up at once where the registry wants to be asked again %s', async (_what, retryAfter) => {
  const registry = await serveRdap(() => act.limited(retryAfter()));
  const { stdout, status } = await confirm({ dev: registry.url }, ['xyz']);
  expect(stdout).toMatch(/^ {2}xyz\.dev {2}could not be confirmed: 127\.0\.0\.1:\d+ limits its callers\n$/);
  expect({ status, requests: registry.requests.length }).toEqual({ status: 0, requests: 1 });
});

it('asks gently: few requests under way together', async () => {
  const registry = await serveRdap(() => act.notFound());
  const { stdout } = await confirm({ dev: registry.url }, words);
  expect(sortedLines(stdout)).toEqual(allUnregistered);
  expect(registry.peak).toBeLessThanOrEqual(4);
});

it('asks different registries side by side', async () => {
  const gate = act.gate();
  const [slow, quick] = [await serveRdap(() => gate.hold(act.notFound())), await serveRdap({})];
  const server = await nameServer();
  const { args, env } = await confirmBy({ dev: slow.url, app: quick.url });
  const running = startBlogdom(['-s', server.address, ...args, '-'], env);
  running.type(words.map((word) => `${word}.dev\n`).join(''));
  await slow.received(1);
  running.type('xyz.app\n');
  expect(await running.stdout.nextLine()).toBe('* xyz.app');
  gate.release();
  running.endInput();
  expect(sortedLines((await running.ended).stdout)).toEqual(['* xyz.app', ...allUnregistered].toSorted());
});

it('prints what needs no confirming while the registry holds its answer', async () => {
  const gate = act.gate();
  const registry = await serveRdap(() => gate.hold(act.notFound()));
  const server = await nameServer({ 'live.dev': dns.answer('192.0.2.1'), 'bare.dev': dns.noData });
  const { args, env } = await confirmBy({ dev: registry.url });
  const running = startBlogdom(['-s', server.address, ...args, '-'], env);
  running.type('held\n');
  await registry.received(1);
  running.type('live\n');
  expect(await running.stdout.nextLine()).toBe('+ live.dev');
  running.type('bare\n');
  expect(await running.stdout.nextLine()).toBe('~ bare.dev');
  gate.release();
  expect(await running.stdout.nextLine()).toBe('* held.dev');
  running.endInput();
  expect(await running.ended).toMatchObject({ status: 0 });
});

it('ends at once when it is interrupted, though the registry holds its answer', async () => {
  const registry = await serveRdap(() => act.silent);
  const server = await nameServer();
  const { args, env } = await confirmBy({ dev: registry.url });
  const running = startBlogdom(['-s', server.address, ...args, 'xyz'], env);
  await registry.received(1);
  running.interrupt();
  expect(await running.ended).toMatchObject({ stdout: '', status: 130 });
});
