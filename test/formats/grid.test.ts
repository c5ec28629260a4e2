import { beforeEach, describe, expect, it } from 'vitest';
import type { PictureFormat, Reported, Size } from '../../src/formats/format.js';
import { grid } from '../../src/formats/grid.js';
import type { Candidate } from '../../src/names/candidate.js';
import type { Status } from '../../src/probe/result.js';
import { common } from './results.js';

/** A candidate from a word and a domain, or from a name in both of its forms. */
function candidate(text: string, unicode?: string): Candidate {
  const [word = '', ...tld] = text.split('.');
  return { name: text, word, tld: tld.join('.'), unicode };
}

function result(name: Candidate, status: Status, reason?: string): Reported {
  const base = { ...common, ...name };
  return status === 'unknown'
    ? { ...base, status, reason: reason ?? 'no reply' }
    : { ...base, status, reason };
}

/** The lines of a picture, without the LF of the last one. */
const linesOf = (picture: string): string[] => picture.replace(/\n$/, '').split('\n');

let format: PictureFormat;
beforeEach(async () => {
  format = await grid({ color: false });
});

/** Adds results for words under a domain, from their marks: `is.dev -` or `is.dev ? no reply`. */
function answer(...lines: readonly string[]): void {
  const statuses = { '+': 'live', '~': 'taken', '-': 'absent', '*': 'unregistered', '?': 'unknown' } as const;
  for (const line of lines) {
    const [name = '', mark = '', ...reason] = line.split(' ');
    if (!(mark in statuses)) throw new Error(`Expected a mark, got ${line}`);
    const status = statuses[mark as keyof typeof statuses];
    format.add(result(candidate(name), status, reason.join(' ') || undefined));
  }
}

function ask(words: readonly string[], tlds: readonly string[]): void {
  for (const word of words) for (const tld of tlds) format.expect(candidate(`${word}.${tld}`));
}

/** Words that are all absent under some domains. */
function deny(words: readonly string[], tlds: readonly string[]): void {
  ask(words, tlds);
  for (const word of words) for (const tld of tlds) answer(`${word}.${tld} -`);
}

describe('the grid format', () => {
  it('has a row for each word and a column for each domain, in the order in which they were asked for', () => {
    ask(['not', 'is'], ['dev', 'co.uk']);
    answer('is.co.uk ~', 'is.dev -', 'not.co.uk *', 'not.dev +');
    expect(linesOf(format.finish(undefined))).toEqual([
      '     dev  co.uk',
      'not  +    *',
      'is   -    ~',
      '',
      '+ live  ~ taken  - absent  * unregistered',
    ]);
  });

  it('leaves a cell empty if the word was not asked for under that domain', () => {
    answer('not.dev +', 'is.io -');
    expect(linesOf(format.finish(undefined)).slice(0, 3)).toEqual(['     dev  io', 'not  +', 'is        -']);
  });

  it('marks a cell that has no answer if the run has been interrupted, but prints no row without an answer', () => {
    ask(['not', 'is'], ['dev', 'io']);
    answer('not.io +');
    expect(linesOf(format.finish(undefined))).toEqual([
      '     dev  io',
      'not  ·    +',
      '',
      '+ live  · no answer yet',
    ]);
  });

  it('leaves out results that are not wanted, and rows that have no others', () => {
    ask(['not', 'is'], ['dev', 'io']);
    for (const name of ['not.dev', 'is.dev', 'is.io']) format.leaveOut(candidate(name));
    answer('not.io -');
    expect(linesOf(format.finish(undefined))).toEqual(['     dev  io', 'not       -', '', '- absent']);
  });

  it('prints nothing if there is no result', () => {
    expect(format.finish({ columns: 80, rows: 24 })).toBe('');
    ask(['not'], ['dev']);
    expect(format.finish({ columns: 80, rows: 24 })).toBe('');
  });

  it('shows names in Unicode, and knows how wide their characters are', () => {
    format.add(result(candidate('xn--wgv71a119e.xn--q9jyb4c', '日本語.みんな'), 'live'));
    format.add(result(candidate('xn--bcher-kva.dev', 'bücher.dev'), 'unknown', 'no reply'));
    expect(linesOf(format.finish(undefined))).toEqual([
      '        みんな  dev',
      '日本語  +',
      'bücher          ?',
      '',
      '+ live  ? unknown',
      '',
      '? no reply',
      '  bücher.dev',
    ]);
  });

  it('spells out control characters', () => {
    format.add(result({ name: 'a\u202eb.dev', word: 'a\u202eb', tld: 'dev' }, 'unknown', 'said\n\x1b[2K'));
    expect(format.finish(undefined)).toBe(
      '            dev\na\\u{202e}b  ?\n\n? unknown\n\n? said\\x0a\\x1b[2K\n  a\\u{202e}b.dev\n',
    );
  });

  it('colours marks and changes by their statuses', async () => {
    format = await grid({ color: true });
    answer('not.dev +', 'is.dev -');
    format.add({ ...result(candidate('if.dev'), 'taken'), was: 'absent' });
    expect(linesOf(format.finish(undefined))).toEqual([
      '     dev',
      'not  \x1b[2m+\x1b[22m',
      'is   \x1b[1m-\x1b[22m',
      'if   \x1b[2m~\x1b[22m',
      '',
      '\x1b[2m+\x1b[22m live  \x1b[2m~\x1b[22m taken  \x1b[1m-\x1b[22m absent',
      '',
      '\x1b[2m~\x1b[22m \x1b[2mif.dev\x1b[22m  absent -> taken',
    ]);
  });

  it('prints each reason once, with some of the names that it holds for, in the order of the table', () => {
    const words = [...'abcdefgh'];
    ask(words, ['dev']);
    answer(...words.toReversed().map((word) => `${word}.dev ? no reply, 3 tries`));
    answer('x.dev + an alias', 'y.dev ? SERVFAIL', 'z.dev ? SERVFAIL');
    expect(linesOf(format.finish(undefined)).slice(-6)).toEqual([
      '? no reply, 3 tries',
      '  a.dev, b.dev, c.dev, d.dev, e.dev and 3 more',
      '+ an alias',
      '  x.dev',
      '? SERVFAIL',
      '  y.dev, z.dev',
    ]);
  });
});

describe('the finished grid on a terminal', () => {
  const words = ['not', 'is'];

  it('has the domains side by side if they fit exactly', () => {
    deny(words, ['dev', 'photography']);
    expect(linesOf(format.finish({ columns: 21, rows: 24 }))[0]).toBe('     dev  photography');
  });

  it('has narrow columns, with the domains from top to bottom, if they do not fit side by side', () => {
    deny(words, ['dev', 'photo', 'io']);
    expect(linesOf(format.finish({ columns: 16, rows: 24 })).slice(0, 7)).toEqual([
      '      p',
      '      h',
      '    d o',
      '    e t i',
      '    v o o',
      'not - - -',
      'is  - - -',
    ]);
  });

  it('has several blocks, each with the words, if even narrow columns do not fit', () => {
    deny(words, ['de', 'at', 'ch', 'fr', 'it']);
    expect(linesOf(format.finish({ columns: 9, rows: 24 }))).toEqual([
      '    d a c',
      '    e t h',
      'not - - -',
      'is  - - -',
      '',
      '    f i',
      '    r t',
      'not - -',
      'is  - -',
      '',
      '- absent',
    ]);
  });

  it('has the heads below as well if those above have scrolled away', () => {
    deny(Array.from('abcdef'), ['dev', 'io']);
    const lines = (size: Size) => linesOf(format.finish(size));
    const head = '   dev  io';
    const whole = [head, ...Array.from('abcdef', (word) => `${word}  -    -`)];
    expect(lines({ columns: 80, rows: 11 })).toEqual([...whole, '', '- absent']);
    expect(lines({ columns: 80, rows: 10 })).toEqual([...whole, head, '', '- absent']);
    expect(lines({ columns: 7, rows: 10 }).slice(-5)).toEqual(['  d i', '  e o', '  v', '', '- absent']);
  });

  it('has a word that would take more than half of the width above its marks', () => {
    deny(['not', 'internationalization'], ['dev', 'io']);
    expect(linesOf(format.finish({ columns: 30, rows: 24 })).slice(0, 4)).toEqual([
      '     dev  io',
      'not  -    -',
      'internationalization',
      '     -    -',
    ]);
  });

  it('tells a reason once if it differs only by the domain', () => {
    for (const tld of ['dev', 'io']) answer(`not.${tld} ? cannot tell whether .${tld} exists: no reply`);
    answer('is.de ? cannot tell whether .de exists: SERVFAIL');
    expect(linesOf(format.finish(undefined)).slice(-4)).toEqual([
      '? cannot tell whether its domain exists: no reply',
      '  not.dev, not.io',
      '? cannot tell whether .de exists: SERVFAIL',
      '  is.de',
    ]);
  });

  it('breaks the legend and the reasons into lines that fit', () => {
    answer('not.dev +', 'is.dev ? no reply from udp://192.0.2.1:53', 'if.dev -', 'or.dev ~');
    expect(linesOf(format.finish({ columns: 24, rows: 24 })).slice(6)).toEqual([
      '+ live  ~ taken',
      '- absent  ? unknown',
      '',
      '? no reply from',
      '  udp://192.0.2.1:53',
      '  is.dev',
    ]);
  });
});

describe('the preview of a grid', () => {
  const preview = (columns: number, rows: number) => linesOf(format.preview?.({ columns, rows }) ?? 'none');

  it('shows every candidate from the beginning', () => {
    ask(['not', 'is'], ['dev', 'io']);
    answer('not.io +');
    expect(preview(80, 22)).toEqual([
      '     dev  io',
      'not  ·    +',
      'is   ·    ·',
      '',
      '+ live  · no answer yet',
    ]);
  });

  it('is empty before the first candidate, and in a terminal that is too small', () => {
    expect(format.preview?.({ columns: 80, rows: 22 })).toBe('');
    ask(['not'], ['dev']);
    expect(format.preview?.({ columns: 80, rows: 4 })).toBe('');
    expect(format.preview?.({ columns: 19, rows: 22 })).toBe('');
  });

  it('shows the rows around the first one that has no answer yet if there are more rows than fit', () => {
    const words = [...'abcdefghijklmnopqrst'];
    ask(words, ['dev']);
    answer(...words.slice(0, 10).map((word) => `${word}.dev -`));
    const middle = [
      '   dev',
      'i  -',
      'j  -',
      'k  ·',
      'l  ·',
      'm  ·',
      '… 15 more rows',
      '- absent  · no answer yet',
    ];
    expect(preview(80, 8)).toEqual(middle);
    answer(...words.slice(10).map((word) => `${word}.dev -`));
    expect(preview(80, 8).slice(1, 6)).toEqual(['p  -', 'q  -', 'r  -', 's  -', 't  -']);
  });

  it('moves back if a word in an earlier row is asked for under another domain', () => {
    const words = [...'abcdefghij'];
    deny(words, ['dev']);
    ask(['a'], ['io']);
    expect(preview(80, 8).slice(0, 2)).toEqual(['   dev  io', 'a  -    ·']);
  });

  it('says how many columns do not fit', () => {
    const tlds = Array.from({ length: 40 }, (_, index) => `t${index}`);
    ask([...'abcdefghij'], tlds);
    expect(preview(20, 8)).toEqual([
      '  t t t t t t t t t',
      '  0 1 2 3 4 5 6 7 8',
      'a · · · · · · · · ·',
      'b · · · · · · · · ·',
      'c · · · · · · · · ·',
      'd · · · · · · · · ·',
      '… 6 more rows, 31 m…',
      '· no answer yet',
    ]);
  });

  it.each([
    [20, 5],
    [21, 9],
    [40, 10],
    [80, 22],
  ])('fits into %i columns and %i rows', (columns, rows) => {
    const tlds = ['dev', 'photography', 'io', 'com', 'international-associates', 'みんな', 'blog', 'app'];
    ask([...'abcdefghij', 'internationalization', '日本語'], tlds);
    answer('a.dev +', 'a.io ~', 'a.com -', 'b.dev *', 'b.io ? no reply');
    const lines = preview(columns, rows);
    expect(lines.length).toBeLessThanOrEqual(rows);
    const width = (line: string) => line.length + (line.match(/[みんな日本語]/g)?.length ?? 0);
    expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  });
});
