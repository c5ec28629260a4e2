import { expect, it } from 'vitest';
import { formatNames } from '../../src/formats/index.js';

it('formatNames begins with the default, and has the formats of the contract', () => {
  expect(formatNames[0]).toBe('text');
  expect(formatNames).toEqual(expect.arrayContaining(['names', 'json', 'csv', 'grid', 'html']));
});
