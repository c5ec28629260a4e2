import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutputStream } from '../../../src/commands/shared/program.js';
import { effectiveChoice, hasOwnTerminal, openProgress } from '../../../src/commands/shared/progress.js';
import { createScreen } from '../../../src/commands/shared/screen.js';
import type { ProgressState } from '../../../src/commands/shared/status-line.js';
import { createFakeTerminal } from '../../helpers/fake-terminal.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Waits for the terminal, which needs timers as well. */
async function settle<Value>(promise: Promise<Value>): Promise<Value> {
  await vi.advanceTimersByTimeAsync(1);
  return promise;
}

type Outage = ProgressState['outage'];

/** A run of ten names whose progress is shown. */
function startRun(stderr: OutputStream, isWanted = true) {
  const screen = createScreen({ stdout: stderr, stderr });
  const run = { done: 0, waitingFor: () => 'rdap.example', outage: undefined as Outage };
  const progress = openProgress(
    screen,
    { stderr },
    () => isWanted,
    () => ({
      done: run.done,
      total: 10,
      counts: { live: run.done },
      waitingFor: () => run.waitingFor(),
      outage: () => run.outage,
    }),
  );
  return { screen, run, progress };
}

/** A stream that is not a terminal, and what was written to it. */
function createLog() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { stream, lines };
}

describe('openProgress', () => {
  it('shows nothing in a run of less than half a second', async () => {
    const { stream, text } = createFakeTerminal();
    const { progress } = startRun(stream);
    await vi.advanceTimersByTimeAsync(499);
    progress.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await settle(text())).toBe('');
  });

  it('shows a line below the results, replaces it, and leaves no trace of it', async () => {
    const { stream, text } = createFakeTerminal();
    const { screen, run, progress } = startRun(stream);
    run.done = 1;
    await vi.advanceTimersByTimeAsync(500);
    expect(await settle(text())).toBe('[##------------------]  10%  1/10  1 live  2/s  4.5 s left');
    await screen.write('+ a.dev\n');
    run.done = 2;
    await vi.advanceTimersByTimeAsync(100);
    expect(await settle(text())).toBe('+ a.dev\n[####----------------]  20%  2/10  2 live  3/s  2.4 s left');
    progress.close();
    expect(await settle(text())).toBe('+ a.dev');
  });

  it('is never wider than the terminal', async () => {
    const { stream, text } = createFakeTerminal(20);
    startRun(stream);
    await vi.advanceTimersByTimeAsync(500);
    expect(await settle(text())).toBe('0%  0/10  0/s');
  });

  it('says what is being waited for when nothing has come for a second', async () => {
    const { stream, text } = createFakeTerminal();
    const { run } = startRun(stream);
    run.done = 1;
    await vi.advanceTimersByTimeAsync(1500);
    expect(await settle(text())).toContain('waiting for rdap.example');
    run.done = 2;
    await vi.advanceTimersByTimeAsync(100);
    expect(await settle(text())).not.toContain('waiting');
  });

  it('says at once why no results can come, as long as that is so', async () => {
    const { stream, text } = createFakeTerminal();
    const { run } = startRun(stream);
    run.outage = { reasons: ['nothing is listening at udp://192.0.2.1:53'], remaining: 3500 };
    await vi.advanceTimersByTimeAsync(500);
    expect(await settle(text())).toBe(
      '0%  0/10  nothing is listening at udp://192.0.2.1:53; trying for another 4 s',
    );
    run.outage = undefined;
    run.done = 1;
    await vi.advanceTimersByTimeAsync(100);
    expect(await settle(text())).not.toContain('nothing is listening');
  });

  it('prints a plain line each second if standard error is not a terminal', async () => {
    const { stream, lines } = createLog();
    const { run, progress } = startRun(stream);
    run.done = 1;
    await vi.advanceTimersByTimeAsync(1500);
    progress.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(lines).toEqual([
      '[##------------------]  10%  1/10  1 live  2/s  4.5 s left\n',
      '[##------------------]  10%  1/10  1 live  waiting for rdap.example\n',
    ]);
  });

  it('shows nothing if it is not wanted when it is due', async () => {
    const { stream, text } = createFakeTerminal();
    startRun(stream, false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await settle(text())).toBe('');
  });
});

describe('hasOwnTerminal', () => {
  const stderr = createFakeTerminal().stream;

  it('is true on a terminal, also if somebody types at another program', () => {
    expect(hasOwnTerminal({ stderr, isTyped: true }, false)).toBe(true);
  });

  it.each([
    ['standard error is not a terminal', { stderr: createLog().stream }, false],
    ['somebody types at this program', { stderr, isTyped: true }, true],
    ['another program prints to the terminal', { stderr, sharesTerminal: () => true }, false],
  ])('is false if %s', (_what, streams, isReadingInput) => {
    expect(hasOwnTerminal(streams, isReadingInput)).toBe(false);
  });
});

describe('effectiveChoice', () => {
  it.each([
    ['auto', undefined, {}, 'auto'],
    ['auto', undefined, { TERM: 'dumb' }, 'never'],
    ['always', undefined, { TERM: 'dumb' }, 'always'],
    ['always', true, {}, 'never'],
  ] as const)('makes %s, with quiet %s and the environment %j, %s', (choice, quiet, env, effective) => {
    expect(effectiveChoice(choice, quiet, env)).toBe(effective);
  });
});
