import { describe, expect, it } from 'vitest';
import { createStatusTable } from '../../src/history/status-table.js';
import { statuses } from '../../src/probe/result.js';

describe('a status table', () => {
  it('knows the last status of each name, and returns the one before', () => {
    const table = createStatusTable();
    expect(table.get('a.dev')).toBeUndefined();
    expect(table.set('a.dev', 'absent')).toBeUndefined();
    expect(table.set('a.dev', 'live')).toBe('absent');
    expect(table.get('a.dev')).toBe('live');
    expect(table.get('b.dev')).toBeUndefined();
    expect(table.get('a.de')).toBeUndefined();
    expect(table.get('a.devo')).toBeUndefined();
  });

  it('knows names of every length, and all statuses', () => {
    const table = createStatusTable();
    for (let length = 1; length <= 253; length++) {
      table.set('x'.repeat(length), statuses[length % 5] ?? 'live');
    }
    for (let length = 1; length <= 253; length++) {
      expect(table.get('x'.repeat(length))).toBe(statuses[length % 5]);
    }
  });

  it('knows more names than fit into one block', () => {
    const table = createStatusTable();
    const names = Array.from({ length: 200_000 }, (_, index) => `name${index}.example`);
    for (const [index, name] of names.entries()) table.set(name, index % 2 === 0 ? 'live' : 'absent');
    const wrong = names.filter((name, index) => table.get(name) !== (index % 2 === 0 ? 'live' : 'absent'));
    expect(wrong).toEqual([]);
    expect(table.get('name200000.example')).toBeUndefined();
  });
});
