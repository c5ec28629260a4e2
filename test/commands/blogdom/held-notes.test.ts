import { describe, expect, it } from 'vitest';
import { createHeldNotes } from '../../../src/commands/blogdom/held-notes.js';
import { createReasons } from '../../../src/commands/blogdom/reasons.js';
import type { Reported } from '../../../src/formats/format.js';

const resultWith = (reason: string): Reported => ({
  ...{ name: 'is.dev', word: 'is', tld: 'dev', status: 'unknown', reason },
  ...{ addresses: [], tries: 1, ms: 1, evidence: [] },
});

describe('createHeldNotes', () => {
  it('tells in the end what no reason says, and each round anew', () => {
    const told: string[] = [];
    const { tell, see, end } = createHeldNotes(createReasons((message) => void told.push(message)));
    tell('cannot tell whether .com exists: no reply');
    tell('a server lies');
    see([resultWith('cannot tell whether .dev exists: no reply')]);
    expect(told).toEqual([]);
    end();
    expect(told).toEqual(['a server lies']);
    tell('another one lies');
    end();
    end();
    expect(told).toEqual(['a server lies', 'another one lies']);
  });
});
