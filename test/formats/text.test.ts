import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { text } from '../../src/formats/text.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { absent, anyText, changed, common, live, moved, print, unknown } from './results.js';

const taken: ProbeResult = { ...common, status: 'taken', reason: 'an alias to nowhere' };
const unregistered: ProbeResult = { ...common, status: 'unregistered' };
const results = [live, taken, absent, unregistered, unknown];

describe('the text format', () => {
  afterEach(() => {
    vi.doUnmock('chalk');
    vi.resetModules();
  });

  it('prints the mark, the name and the reason if there is one', async () => {
    expect(await print('text', results)).toBe(
      '+ xn--bcher-kva.dev  bücher.dev  an alias\n' +
        '~ is.dev  an alias to nowhere\n' +
        '  is.dev\n' +
        '* is.dev\n' +
        '? is.dev  no reply, 3 tries\n',
    );
  });

  it('prints a change, and its time if it has one, before the reason', async () => {
    expect(await print('text', [{ ...changed, at: undefined }, changed])).toBe(
      '+ xn--bcher-kva.dev  bücher.dev  absent -> live  an alias\n' +
        '+ xn--bcher-kva.dev  bücher.dev  absent -> live  2026-11-06 07:30  an alias\n',
    );
  });

  it('prints the changes of a registration after that of the status', async () => {
    const dropped = { registration: { was: 'pending delete', is: 'unregistered' } };
    expect(await print('text', [moved, { ...unregistered, was: 'taken', changes: dropped }])).toBe(
      '~ is.dev  registered -> redemption period, expires 2026-12-24 -> 2027-12-24\n' +
        '* is.dev  taken -> unregistered, pending delete -> unregistered\n',
    );
  });

  it('prints no spaces for an empty reason', async () => {
    expect(await print('text', [{ ...live, reason: '' }])).toBe('+ xn--bcher-kva.dev  bücher.dev\n');
  });

  it('colours the name by its status, but not the mark, so that grep finds it', async () => {
    expect(await print('text', results, { color: true })).toBe(
      '+ \x1b[2mxn--bcher-kva.dev\x1b[22m  bücher.dev  an alias\n' +
        '~ \x1b[2mis.dev\x1b[22m  an alias to nowhere\n' +
        '  \x1b[1mis.dev\x1b[22m\n' +
        '* \x1b[1m\x1b[32mis.dev\x1b[39m\x1b[22m\n' +
        '? \x1b[33mis.dev\x1b[39m  no reply, 3 tries\n',
    );
  });

  it('loads chalk only for colour', async () => {
    vi.doMock('chalk', () => {
      throw new Error('chalk is loaded');
    });
    vi.resetModules();
    const loaded = await import('../../src/formats/text.js');
    await expect(loaded.text({ color: false })).resolves.toBeDefined();
    await expect(loaded.text({ color: true })).rejects.toThrow();
  });

  it.each([
    ['2026-12-24T22:30:00Z', 'registered', '~ is.dev  registered; expires 2026-12-24\n'],
    ['2026-12-24T22:30:00Z', undefined, '~ is.dev  expires 2026-12-24\n'],
    ['2026-11-01T00:00:00Z', undefined, '~ is.dev  expired 2026-11-01\n'],
    ['2027-01-25T12:00:00Z', undefined, '~ is.dev  expires 2027-01-25\n'],
    ['2027-01-25T12:00:01Z', undefined, '~ is.dev\n'],
    ['2020-01-01T00:00:00Z', 'registered', '~ is.dev  registered\n'],
    ['\u001b[2J', 'registered', '~ is.dev  registered\n'],
  ])('says that a registration expires at %s if that is within 60 days', async (expires, reason, line) => {
    const now = () => new Date('2026-11-26T12:00:00Z');
    expect(await print('text', [{ ...taken, reason, expires }], { now })).toBe(line);
  });

  it('spells out the control characters of a reason', async () => {
    expect(await print('text', [{ ...unknown, reason: 'said\n+ is.dev\x1b[2K\u202e' }])).toBe(
      '? is.dev  said\\x0a+ is.dev\\x1b[2K\\u{202e}\n',
    );
  });

  it('prints one line of printable characters, whatever the reason', async () => {
    const format = await text({ color: false });
    fc.assert(
      fc.property(anyText, (reason) => {
        expect(format.line({ ...unknown, reason })).toMatch(
          /^[^\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*\n$/u,
        );
      }),
    );
  });
});
