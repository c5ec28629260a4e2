import { describe, expect, it } from 'vitest';
import { readArguments } from './read-arguments.js';

describe('the arguments of the simulation', () => {
  it('are a number of worlds and a seed', () => {
    expect(readArguments(['--worlds', '20', '--seed', '4294967295'])).toEqual({
      worlds: 20,
      seed: 4294967295,
      unlucky: 0,
    });
    expect(readArguments(['--unlucky', '3'])).toMatchObject({ unlucky: 3 });
  });

  it('are 1,000 worlds and a new seed by default', () => {
    const [one, other] = [readArguments([]), readArguments([])];
    expect(one.worlds).toBe(1000);
    expect(one.seed).not.toBe(other.seed);
  });

  it('must be whole numbers within their limits', () => {
    for (const text of ['abc', '', '0', '-1', '1.5', '1e3', '4294967296'])
      expect(() => readArguments([`--worlds=${text}`])).toThrow(
        `expected a whole number from 1 to 4294967295 after --worlds, got ${text}`,
      );
    expect(() => readArguments(['--seed', '4294967296'])).toThrow(
      'expected a whole number from 0 to 4294967295 after --seed, got 4294967296',
    );
  });

  it('are no others', () => {
    expect(() => readArguments(['--world', '5'])).toThrow("Unknown option '--world'");
    expect(() => readArguments(['5'])).toThrow("Unexpected argument '5'");
  });
});
