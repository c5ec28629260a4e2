import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { describeProcess, isRunning, parseHolder } from '../../src/history/holder.js';

const self = describeProcess(new Date(0));

describe('a holder of a lock', () => {
  it('is read as it is written', () => {
    expect(parseHolder(JSON.stringify(self))).toEqual(self);
    expect(self).toMatchObject({ process: process.pid, since: '1970-01-01T00:00:00.000Z' });
  });

  it.each([
    '',
    'x',
    '{}',
    '[]',
    JSON.stringify({ ...self, process: '1' }),
    JSON.stringify(self).slice(0, 40),
  ])('is not read from %j', (text) => {
    expect(parseHolder(text)).toBeUndefined();
  });

  it('may be on another machine, where nobody can see whether it is running', () => {
    expect(isRunning({ ...self, machine: 'another' })).toBeUndefined();
  });

  it.skipIf(process.platform !== 'linux')('is running if it is this process', () => {
    expect(isRunning(self)).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('is not running if a later process has its number', () => {
    expect(isRunning({ ...self, started: '1' })).toBe(false);
  });

  it('is not running if its process has ended', async () => {
    const child = spawn(process.execPath, ['--version']);
    await once(child, 'exit');
    expect(isRunning({ ...self, process: child.pid ?? 0 })).toBe(false);
  });
});
