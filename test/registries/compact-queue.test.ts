import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { createCompactQueue } from '../../src/registries/compact-queue.js';

const resultOf = (index: number): ProbeResult => ({
  ...{ name: `x${index}.dev`, unicode: 'bücher.dev', word: 'bücher', tld: 'dev', status: 'absent' },
  ...{ addresses: [], rcode: 'NXDOMAIN', tries: 1, ms: 1.5, evidence: ['NXDOMAIN'] },
});

describe('createCompactQueue', () => {
  it.each([
    ['all pushed before the first one is taken', 1000, 0],
    ['taken while others are pushed', 7, 5],
    ['taken as soon as they are pushed', 1, 1],
  ])('returns results in the order in which they were pushed: %s', (_, pushes, shifts) => {
    const { push, shift } = createCompactQueue();
    const taken: (ProbeResult | undefined)[] = [];
    for (let pushed = 0; pushed < 1000; pushed += pushes) {
      for (let index = pushed; index < pushed + pushes; index++) push(resultOf(index));
      for (let index = 0; index < shifts; index++) taken.push(shift());
    }
    for (let result = shift(); result; result = shift()) taken.push(result);
    expect(taken).toEqual(taken.map((_result, index) => resultOf(index)));
    expect(taken.length).toBeGreaterThanOrEqual(1000);
    expect(shift()).toBeUndefined();
  });
});
