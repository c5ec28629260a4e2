import { expect, it } from 'vitest';
import { formatNames } from '../../src/formats/index.js';

it('formatNames has the formats of the contract, the default first', () => {
  expect(formatNames).toEqual(['text', 'names', 'json', 'csv', 'grid', 'html']);
});
