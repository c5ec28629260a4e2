import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatNames } from '../../src/formats/index.js';

it('formatNames begins with the default, and has the formats of the contract', () => {
  expect(formatNames[0]).toBe('text');
  expect(formatNames).toEqual(expect.arrayContaining(['names', 'json', 'csv', 'grid', 'html', 'ics']));
});

it.each(formatNames)('the format %s is one file, and one line in the map of formats', (name) => {
  const map = readFileSync('src/formats/index.ts', 'utf8').split('\n');
  expect(map.filter((line) => line.includes(`'./${name}.js'`))).toEqual([
    `  ${name}: async (options) => (await import('./${name}.js')).${name}(options),`,
  ]);
});
