import { describe, expect, it } from 'vitest';
import { describeLongWords } from '../../../src/commands/blogdom/long-words.js';
import { parseOptions } from '../../../src/commands/blogdom/options.js';

function describeWith(...argv: readonly string[]): Promise<string | undefined> {
  const parsed = parseOptions(['--list', ...argv], {}, {});
  return 'options' in parsed ? describeLongWords(parsed.options) : expect.fail(parsed.text);
}

describe('describeLongWords', () => {
  it.each([
    [['-l', 'java'], '36 words of more than 4 letters left out (--max-length)'],
    // break elseif false function global local repeat return until while
    [['-l', 'lua'], '10 words of more than 4 letters left out (--max-length)'],
    // A word that two languages share counts once.
    [['-l', 'lua,lua'], '10 words of more than 4 letters left out (--max-length)'],
  ])('counts the words that %j leaves out', async (argv, text) => {
    expect(await describeWith(...argv)).toBe(text);
  });

  it.each([
    [[]],
    [['not']],
    [['-l', 'java', '--max-length', '4']],
    [['-l', 'java', '--min-length', '5']],
    [['-l', 'java', '--hack']],
  ])('says nothing for %j', async (argv) => {
    expect(await describeWith(...argv)).toBeUndefined();
  });
});
