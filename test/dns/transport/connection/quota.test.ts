import { describe, expect, it } from 'vitest';
import { createQuota } from '../../../../src/dns/transport/connection/quota.js';

describe('the quota of queries for a connection', () => {
  it('is infinite at first', () => {
    expect(createQuota().value()).toBe(Number.POSITIVE_INFINITY);
  });

  it('is what the last connection answered, if it ended before it had answered all', () => {
    const { recordLimit, value } = createQuota();
    recordLimit(20, 100);
    expect(value()).toBe(20);
  });

  it('is half of what the last connection was sent, if it answered nothing, and at least 1', () => {
    const { recordLimit, value } = createQuota();
    const quotas = [9, 4, 2, 1].map((sent) => {
      recordLimit(0, sent);
      return value();
    });
    expect(quotas).toEqual([4, 2, 1, 1]);
  });

  it('doubles when four connections in a row have answered nothing: it is not to blame', () => {
    const { recordLimit, value } = createQuota();
    const quotas = [8, 4, 2, 1, 1, 2, 4].map((sent) => {
      recordLimit(0, sent);
      return value();
    });
    expect(quotas).toEqual([4, 2, 1, 1, 2, 4, 8]);
  });

  it('is to blame again after an answer', () => {
    const { recordLimit, value } = createQuota();
    for (let count = 0; count < 4; count++) recordLimit(0, 8);
    recordLimit(3, 8);
    recordLimit(0, 3);
    expect(value()).toBe(1);
  });

  it('doubles after 16 connections in a row that answered all that they were allowed', () => {
    const { recordLimit, recordFull, value } = createQuota();
    recordLimit(5, 100);
    const quotas = Array.from({ length: 32 }, () => {
      recordFull();
      return value();
    });
    expect(quotas).toEqual([...new Array(15).fill(5), ...new Array(16).fill(10), 20]);
  });

  it('counts the connections anew after one that did not answer all', () => {
    const { recordLimit, recordFull, value } = createQuota();
    recordLimit(5, 100);
    for (let count = 0; count < 15; count++) recordFull();
    recordLimit(5, 100);
    for (let count = 0; count < 15; count++) recordFull();
    expect(value()).toBe(5);
  });

  it('is infinite again after a late answer', () => {
    const { value, recordLimit, recordLateAnswer } = createQuota();
    recordLimit(5, 100);
    recordLateAnswer();
    expect(value()).toBe(Number.POSITIVE_INFINITY);
  });

  it('is known if it is what a connection answered', () => {
    const { isKnown, recordLimit, recordLateAnswer } = createQuota();
    expect(isKnown()).toBe(false);
    recordLimit(5, 100);
    expect(isKnown()).toBe(true);
    recordLimit(0, 5);
    expect(isKnown()).toBe(false);
    recordLimit(5, 100);
    recordLateAnswer();
    expect(isKnown()).toBe(false);
  });
});
