import { describe, expect, it } from 'vitest';
import { type ProgressState, statusLine } from '../../../src/commands/shared/status-line.js';

const state: ProgressState = {
  done: 4512,
  total: 10_000,
  counts: { live: 12, taken: 0, absent: 4500 },
  rate: 1234,
  waitingFor: undefined,
  outage: undefined,
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

  it('says instead why no results can come, and for how many seconds that is tried', () => {
    const outage = { reasons: ['nothing is listening at udp://192.0.2.1:53'], remaining: 3100 };
    const waitingFor = 'a reply from udp://192.0.2.1:53';
    const lines = [100, 79, 60, 40].map((width) =>
      statusLine({ ...state, done: 0, total: 18, counts: {}, waitingFor, outage }, width),
    );
    expect(lines).toEqual([
      '[--------------------]  0%  0/18  nothing is listening at udp://192.0.2.1:53; trying for another 4 s',
      '0%  0/18  nothing is listening at udp://192.0.2.1:53; trying for another 4 s',
      '0%  0/18  nothing is listening at udp://192.0.2.1:53',
      '[----------]  0%  0/18  waiting',
    ]);
  });

  it('leaves out the longer reason before the time', () => {
    const outage = {
      reasons: ['cannot reach A, and 2 other servers fail, too', 'cannot reach A'],
      remaining: 4000,
    };
    const lines = [100, 70].map((width) =>
      statusLine({ ...state, counts: {}, total: undefined, outage }, width),
    );
    expect(lines).toEqual([
      '4,512 done  cannot reach A, and 2 other servers fail, too; trying for another 4 s',
      '4,512 done  cannot reach A; trying for another 4 s',
    ]);
  });

  it('says that it tries for another second to the end', () => {
    const outage = { reasons: ['cannot reach udp://192.0.2.1:53'], remaining: -20 };
    expect(statusLine({ ...state, outage }, 120)).toContain('; trying for another 1 s');
  });

  it('never counts more than all items as done', () => {
    expect(statusLine({ ...state, done: 3, total: 2, counts: {} }, 60)).toBe(
      '[####################]  100%  3/2  1,234/s  1.0 s left',
    );
  });
});
