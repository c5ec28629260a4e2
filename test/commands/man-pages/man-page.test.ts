import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { manPage } from '../../../src/commands/man-pages/man-page.js';

const command = new Command('odd')
  .usage('[options] [word...]')
  .description("Does odd things, such as it's, `this` and a\\b.\n.dev begins a line.")
  .argument('[word...]', 'a word')
  .optionsGroup('Things:')
  .option('-t, --thing <list>', 'some things', 'none')
  .option('--no-thing-else', 'nothing else');

const page = manPage(command, {
  examples: [
    ['One', 'odd one'],
    ['Two', 'odd ~/two'],
  ],
  sections: [{ title: 'Exit status', items: [['0', 'all is well']] }],
  reference: [{ title: 'Files', items: [['~/.odd', 'a file']] }],
  seeAlso: ['dig(1)', 'even(1)'],
});

describe('manPage', () => {
  it('has the usual sections in the usual order', () => {
    expect(page.match(/(?<=^\.SH ).+$/gm)).toEqual([
      ...['NAME', 'SYNOPSIS', 'DESCRIPTION', 'OPTIONS', 'EXIT STATUS', 'FILES', 'EXAMPLES', 'SEE ALSO'],
    ]);
  });

  it('lists options in their groups, with their values and defaults', () => {
    expect(page).toContain(
      '.SS Things\n.TP\n\\fB\\-t\\fR, \\fB\\-\\-thing\\fR \\fIlist\\fR\nsome things (default: none)\n' +
        '.TP\n\\fB\\-\\-no\\-thing\\-else\\fR\nnothing else\n',
    );
  });

  it('escapes what roff would obey or replace', () => {
    expect(page).toContain('such as it\\(aqs, \\(gathis\\(ga and a\\eb.\n\\&.dev begins a line.\n');
    expect(page).toContain('.TP\nTwo:\n\\fBodd \\(ti/two\\fR\n');
  });

  it('refers to other pages', () => {
    expect(page).toMatch(/\.SH SEE ALSO\n\\fBdig\\fR\(1\),\n\\fBeven\\fR\(1\)\n$/);
  });
});
