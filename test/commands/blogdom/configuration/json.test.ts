import { describe, expect, it } from 'vitest';
import { explainJson } from '../../../../src/commands/blogdom/configuration/json.js';

describe('explainJson', () => {
  it.each([
    ['{"a": 1,}', 'line 1, column 9: expected a name in double quotes, got "}"'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: expected a comma, got ""b": 2"'],
    ['{"a" 1}', 'line 1, column 6: expected a colon, got "1}"'],
    ['{"a":', 'line 1, column 6: expected a value, got the end of the file'],
    ['[1\r\n', 'line 2, column 1: expected ], got the end of the file'],
    ['', 'line 1, column 1: expected a value, got the end of the file'],
    ['{"a": "x\n"}', 'line 1, column 7: expected a text that ends with a double quote, got ""x"'],
    ['{"a": yes}', 'line 1, column 7: expected JSON, got "yes}"'],
    ['// a comment\n{}', 'line 1, column 1: expected JSON, got "// a comment"'],
    ['{} {}', 'line 1, column 4: expected the end of the file, got "{}"'],
  ])('says what is wrong with %j, and where', (text, problem) => {
    expect(explainJson(text)).toBe(problem);
  });
});
