import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countCandidates } from '../../src/names/count.js';
import { createExpansion } from '../../src/names/expansion.js';
import { createPattern, type Pattern } from '../../src/names/pattern/index.js';
import { inShard } from '../../src/names/shard.js';
import type { WordOptions } from '../../src/names/sources.js';
import { makeFolder } from '../helpers/system/folder.js';
import { under } from './under.js';

const nothing: WordOptions = {
  ...{ words: [], patterns: [], files: [], languages: [], soft: false },
  ...{ minLength: 0, maxLength: Number.POSITIVE_INFINITY, maxReservedLength: 4 },
};

const twoDomains = under([{ name: 'dev' }, { name: 'io' }]);

const count = (options: Partial<WordOptions>, expand = twoDomains) =>
  countCandidates({ ...nothing, ...options }, expand);

function patternOf(text: string): Pattern {
  const pattern = createPattern(text);
  return 'problem' in pattern ? expect.fail(pattern.problem) : pattern;
}

async function fileOf(text: string): Promise<string> {
  const folder = await makeFolder({ names: text });
  onTestFinished(folder.remove);
  return join(folder.path, 'names');
}

describe('countCandidates', () => {
  it('counts words under each domain, and whole names once', async () => {
    expect(await count({ words: ['go', 'for.dev'] })).toEqual({ names: 3, isEstimate: false });
  });

  it('counts reserved words up to their length', async () => {
    expect(await count({ languages: ['python'] })).toEqual({ names: 36, isEstimate: false });
  });

  it('counts the words of patterns, without those that are not names', async () => {
    expect(await count({ patterns: [patternOf('[a-]x'), patternOf('go{ing,ne}')] })).toEqual({
      names: 6,
      isEstimate: false,
    });
  });

  it('estimates the words of a large pattern', async () => {
    expect(await count({ patterns: [patternOf('?????')] })).toEqual({ names: 23_762_752, isEstimate: true });
  });

  it('counts the lines of files that are words or names', async () => {
    const path = await fileOf('# comment\nas\n\nfor.dev\r\n-bad\nlonger\n');
    expect(await count({ files: [path], maxLength: 3 })).toEqual({ names: 3, isEstimate: false });
  });

  it('estimates the lines of a large file', async () => {
    // 7 MB: lines of some 180 octets, so that there are not too many.
    const label = 'x'.repeat(56);
    const lines = Array.from(
      { length: 40_000 },
      (_, index) => `${index + 1_000_000}.${label}.${label}.${label}.de\n`,
    );
    const path = await fileOf(lines.join(''));
    const counted = await count({ files: [path] });
    expect(counted?.isEstimate).toBe(true);
    expect(Math.round((counted?.names ?? 0) / 1000)).toBe(40);
  });

  it('counts domain hacks', async () => {
    const hacks = createExpansion({
      ...{ tlds: [{ name: 'se' }, { name: 'e' }], hack: true, prefixes: [], suffixes: [] },
    });
    expect(await count({ words: ['else', 'python'] }, hacks)).toEqual({ names: 2, isEstimate: false });
  });

  it('counts the names of a shard only', async () => {
    const shards = [1, 2, 3].map((index) => inShard(twoDomains, { index, count: 3 }));
    const counts = await Promise.all(shards.map((shard) => count({ languages: ['python'] }, shard)));
    expect(counts.map((counted) => counted?.names)).not.toContain(36);
    expect(counts.reduce((sum, counted) => sum + (counted?.names ?? 0), 0)).toBe(36);
  });

  it.each([['-'], ['/dev/null'], ['/no/such/file']])('does not count what %s will bring', async (path) => {
    expect(await count({ words: ['go'], files: [path] })).toBeUndefined();
  });
});
