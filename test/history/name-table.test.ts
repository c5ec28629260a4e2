import { describe, expect, it } from 'vitest';
import { createNameTable } from '../../src/history/name-table.js';

describe.each([1, 4, 6])('a table of names with numbers of %i octets', (width) => {
  const most = 256 ** width - 1;

  it('knows the last number of each name, and returns the one before', () => {
    const table = createNameTable(width);
    expect(table.get('a.dev')).toBeUndefined();
    expect(table.set('a.dev', 0)).toBeUndefined();
    expect(table.set('a.dev', most)).toBe(0);
    expect(table.get('a.dev')).toBe(most);
    expect(table.get('b.dev')).toBeUndefined();
    expect(table.get('a.de')).toBeUndefined();
    expect(table.get('a.devo')).toBeUndefined();
    expect(table.size).toBe(1);
  });

  it('knows names of every length', () => {
    const table = createNameTable(width);
    for (let length = 1; length <= 253; length++) table.set('x'.repeat(length), most - length);
    for (let length = 1; length <= 253; length++) {
      expect(table.get('x'.repeat(length))).toBe(most - length);
    }
  });

  it('knows more names than fit into one block', () => {
    const table = createNameTable(width);
    const names = Array.from({ length: 200_000 }, (_, index) => `name${index}.example`);
    for (const [index, name] of names.entries()) table.set(name, index % 256);
    const wrong = names.filter((name, index) => table.get(name) !== index % 256);
    expect(wrong).toEqual([]);
    expect(table.get('name200000.example')).toBeUndefined();
  });
});
