import { describe, expect, it } from 'vitest';
import { type ProgressState, statusLine } from '../../../src/commands/shared/status-line.js';

const state: ProgressState = {
  done: 4512,
  total: 10_000,
  counts: { live: 12, taken: 0, absent: 4500 },
  rate: 1234,
  waitingFor: undefined,
};

describe('statusLine', () => {
  it('has a bar, the share, the items done, their outcomes, the time left and the rate', () => {
    expect(statusLine(state, 120)).toBe(
      '[#########-----------]  45%  4,512/10,000  12 live, 4,500 absent  1,234/s  4.4 s left',
    );
  });

  it('has neither a bar nor the time left if the total is not known', () => {
    expect(statusLine({ ...state, total: undefined }, 120)).toBe(
      '4,512 done  12 live, 4,500 absent  1,234/s',
    );
  });

  it('says what is being waited for instead of the rate and the time left', () => {
    expect(statusLine({ ...state, rate: 0, waitingFor: 'rdap.example' }, 120)).toBe(
      '[#########-----------]  45%  4,512/10,000  12 live, 4,500 absent  waiting for rdap.example',
    );
  });

  it.each([
    [79, '[#########-----------]  45%  4,512/10,000  12 live, 4,500 absent  4.4 s left'],
    [70, '[####------]  45%  4,512/10,000  12 live, 4,500 absent  4.4 s left'],
    [60, '45%  4,512/10,000  12 live, 4,500 absent  4.4 s left'],
    [39, '45%  4,512/10,000  1,234/s  4.4 s left'],
    [20, '45%  4,512/10,000'],
    [8, '4,512'],
  ])('leaves out what is less important if there are only %d columns', (width, line) => {
    expect(statusLine(state, width)).toBe(line);
  });

  it('says only that it waits if the cause does not fit', () => {
    expect(statusLine({ ...state, waitingFor: 'a reply from udp://192.0.2.1:53' }, 39)).toBe(
      '45%  4,512/10,000  waiting',
    );
  });

  it('never counts more than all items as done', () => {
    expect(statusLine({ ...state, done: 3, total: 2, counts: {} }, 60)).toBe(
      '[####################]  100%  3/2  1,234/s  1.0 s left',
    );
  });
});
