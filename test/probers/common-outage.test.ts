import { describe, expect, it } from 'vitest';
import { commonOutage } from '../../src/probers/common-outage.js';

const outage = { reasons: ['cannot reach it'], remaining: 1 };
const idle = { waitingFor: () => undefined, outage: () => undefined };
const waiting = { waitingFor: () => 'a reply', outage: () => undefined };
const failing = { waitingFor: () => 'a reply', outage: () => outage };

describe('commonOutage', () => {
  it.each([
    ['all that wait have one', [idle, failing, failing], outage],
    ['one that waits has none', [failing, waiting], undefined],
    ['none waits', [idle], undefined],
  ])('describes the outage if %s', (_what, askers, expected) => {
    expect(commonOutage(askers)).toBe(expected);
  });
});
