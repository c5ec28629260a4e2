import { describe, expect, it } from 'vitest';
import { createKnownServer, type Standing } from '../../../src/probe/trust/standing.js';
import { createSuffixes } from '../../../src/probe/trust/suffixes.js';
import { primary, secondary } from '../../helpers/answers.js';

function suffixesOfRun() {
  const sent: Standing[] = [];
  const servers = [primary, secondary].map(createKnownServer);
  return { ...createSuffixes(servers, (standing) => sent.push(standing)), sent };
}

describe('the suffixes of a run', () => {
  it('are kept', () => {
    const { named } = suffixesOfRun();
    const dev = named('dev');
    expect(dev.name).toBe('dev');
    expect(named('dev')).toBe(dev);
    expect(named('com').name).toBe('com');
    expect(named('dev')).toBe(dev);
  });

  it('are forgotten if 10,000 others have been opened since', () => {
    const { named } = suffixesOfRun();
    const first = named('s0');
    const second = named('s1');
    for (let index = 2; index < 10_000; index++) named(`s${index}`);
    expect(named('s0')).toBe(first);
    named('s10000');
    expect(named('s1')).toBe(second);
    expect(named('s0')).not.toBe(first);
  });
});

describe('the standings of a suffix', () => {
  it('are those of the servers that are tested, one each', () => {
    const { named, standingAt, standingsAt } = suffixesOfRun();
    const dev = named('dev');
    const standing = standingAt(dev, primary);
    expect(standing).toMatchObject({ server: { url: primary }, suffixName: 'dev' });
    expect(standingAt(dev, primary)).toBe(standing);
    expect(standingAt(dev, 'system')).toBeUndefined();
    expect(standingsAt(dev, [secondary, 'system', primary])).toEqual([standingAt(dev, secondary), standing]);
  });

  it('are told of each query that is sent, unless the server is not tested', () => {
    const { named, standingAt, sent } = suffixesOfRun();
    const dev = named('dev');
    dev.policy.sending?.('system');
    dev.policy.sending?.(secondary);
    expect(sent).toEqual([standingAt(dev, secondary)]);
  });
});
