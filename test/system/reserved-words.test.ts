import { expect, it } from 'vitest';
import bash from '../../src/names/reserved-words/bash.js';
import { describeSystem } from '../helpers/system/needs.js';
import { run } from '../helpers/system/process.js';

describeSystem('the reserved words of Bash', ['bash'], () => {
  it('are the words that the shell itself names, without the punctuation', async () => {
    const { lines } = await run(['bash', '-c', 'compgen -k']);
    expect(bash.hard.toSorted()).toEqual(lines.filter((word) => /^\w/.test(word)));
  });
});
