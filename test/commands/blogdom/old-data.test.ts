import { describe, expect, it } from 'vitest';
import lock from '../../../package-lock.json' with { type: 'json' };
import { describeOldData } from '../../../src/commands/blogdom/old-data.js';
import { parseOptions } from '../../../src/commands/blogdom/options.js';
import { run } from '../../../src/commands/blogdom/run.js';
import { nameDataSets } from '../../../src/names/data-sets.js';
import { publicSuffixList } from '../../../src/names/public-suffix.js';
import { registryDataSets } from '../../../src/registries/data-sets.js';
import { systemClock } from '../../../src/util/clock.js';
import { fakeStreams } from './fake-streams.js';

const all = async () => [...(await nameDataSets()), ...registryDataSets];
const future = new Date('2100-01-01T00:00:00Z');

/** What a run prints to standard error in the year 2100. */
async function messagesOf(...argv: readonly string[]): Promise<string> {
  const parsed = parseOptions([...argv, '--list', 'not'], {}, {});
  if (!('options' in parsed)) return expect.fail(parsed.text);
  const { streams, stderr } = fakeStreams();
  await run(parsed.options, streams, new AbortController().signal, { ...systemClock, date: () => future });
  return stderr();
}

describe('data that ages', () => {
  it('has a day, which is a date', async () => {
    const days = (await all()).map(({ day }) => day);
    expect(days.map((day) => new Date(day).toISOString().slice(0, 10))).toEqual(days);
  });

  it('includes the table of WHOIS servers', async () => {
    expect((await all()).map(({ name }) => name)).toContain('table of WHOIS servers');
  });

  it('has the day of the version of tldts that is installed', () => {
    expect(publicSuffixList.version).toBe(lock.packages['node_modules/tldts'].version);
  });

  it('is told in a line for each set that is more than a year old', async () => {
    expect(await describeOldData(new Date('2026-12-01T00:00:00Z'))).toEqual([]);
    const sets = await all();
    expect(await describeOldData(future)).toEqual(
      sets.map(({ name, day }) => `more than a year old: the ${name}, of ${day}`),
    );
  });

  it('is told by --verbose only', async () => {
    expect(await messagesOf()).toBe('');
    expect(await messagesOf('-v')).toMatch(
      /^blogdom: more than a year old: the list of top-level domains, of \d{4}-\d\d-\d\d$/m,
    );
  });
});
