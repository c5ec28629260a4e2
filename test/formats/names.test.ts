import { describe, expect, it } from 'vitest';
import { absent, live, print } from './results.js';

describe('the names format', () => {
  it('prints only the name, never in colour', async () => {
    expect(await print('names', [live, absent], { color: true })).toBe('xn--bcher-kva.dev\nis.dev\n');
  });
});
