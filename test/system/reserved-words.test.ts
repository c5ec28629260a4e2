import { expect, it } from 'vitest';
import bash from '../../src/names/reserved-words/bash.js';
import python from '../../src/names/reserved-words/python.js';
import { describeSystem } from '../helpers/system/needs.js';
import { run } from '../helpers/system/process.js';

describeSystem('the reserved words of Bash', ['bash'], () => {
  it('are the words that the shell itself names, without the punctuation', async () => {
    const { lines } = await run(['bash', '-c', 'compgen -k']);
    expect(bash.hard.toSorted()).toEqual(lines.filter((word) => /^\w/.test(word)));
  });
});

describeSystem('the reserved words of Python', ['python3'], () => {
  async function wordsOf(list: string) {
    const { lines } = await run(['python3', '-c', `import keyword; print(*keyword.${list}, sep='\\n')`]);
    return lines;
  }

  it('are the keywords of the installed version', async () => {
    expect(python.hard.toSorted()).toEqual(await wordsOf('kwlist'));
  });

  it('have among the soft ones those of the installed version', async () => {
    expect(python.soft).toEqual(expect.arrayContaining([...(await wordsOf('softkwlist'))]));
  });
});
