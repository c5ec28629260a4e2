import { beforeAll, describe, expect, it } from 'vitest';
import { groupByWord, sortResults } from '../../../../src/commands/blogdom/printing/sorted.js';
import type { Reported } from '../../../../src/formats/format.js';
import { blogdom, serve } from '../../../helpers/command.js';

let address: string;
beforeAll(async () => {
  const server = await serve({
    dev: {},
    io: {},
    'as.dev': { A: ['192.0.2.1'] },
    'as.io': { A: ['192.0.2.1'] },
  });
  address = server.address;
});

const ask = (...args: readonly string[]) => blogdom(['-s', address, '-t', 'io,dev', '--sort', ...args]);

describe.concurrent('blogdom --sort', () => {
  it('prints text by word, without empty lines if it is not on a terminal', async () => {
    const { stdout } = await ask('or', 'as', 'is');
    expect(stdout).toBe('  is.dev\n  is.io\n  or.dev\n  or.io\n+ as.dev\n+ as.io\n');
  });

  it('prints only results of the given statuses', async () => {
    const { stdout } = await ask('--only', 'live', '-o', 'names', 'or', 'as');
    expect(stdout).toBe('as.dev\nas.io\n');
  });

  it('sorts the rows and columns of a grid', async () => {
    const { stdout } = await ask('-o', 'grid', 'or', 'as');
    expect(stdout).toMatch(/^ {4}dev {2}io\nas {2}\+ {4}\+\nor {2}- {4}-\n/);
  });
});

/** Makes results of texts such as `+ for.dev`. */
const resultsOf = (texts: readonly string[]): Reported[] =>
  texts.map((text) => {
    const name = text.slice(2);
    const [word = '', tld = ''] = name.split('.');
    const status = text.startsWith('+') ? 'live' : 'absent';
    return { name, word, tld, status, addresses: [], tries: 1, ms: 1, evidence: [] };
  });

const textsOf = (results: readonly Reported[]) =>
  results.map(({ name, status }) => `${status === 'live' ? '+' : ' '} ${name}`);

const mixed = resultsOf(['+ is.dev', '  or.io', '+ as.io', '  is.com', '+ as.dev', '  or.dev', '  is.io']);

describe('sortResults', () => {
  it('puts live results last, each part by word and domain, in the flat order', () => {
    expect(textsOf(sortResults(mixed, 'flat'))).toEqual([
      ...['  is.com', '  is.io', '  or.dev', '  or.io'],
      ...['+ as.dev', '+ as.io', '+ is.dev'],
    ]);
  });

  it('keeps words together, and puts live results and wholly live words last, in the grouped order', () => {
    expect(textsOf(sortResults(mixed, 'grouped'))).toEqual([
      ...['  is.com', '  is.io', '+ is.dev'],
      ...['  or.dev', '  or.io'],
      ...['+ as.dev', '+ as.io'],
    ]);
  });

  it('heeds only words and domains in the plain order', () => {
    expect(textsOf(sortResults(mixed, 'plain'))).toEqual([
      ...['+ as.dev', '+ as.io'],
      ...['  is.com', '+ is.dev', '  is.io'],
      ...['  or.dev', '  or.io'],
    ]);
  });

  it('has the same order, flat or grouped, if each word has one domain', () => {
    const single = resultsOf(['+ not.dev', '  or.dev', '+ as.dev', '  is.dev']);
    const sorted = ['  is.dev', '  or.dev', '+ as.dev', '+ not.dev'];
    expect(textsOf(sortResults(single, 'flat'))).toEqual(sorted);
    expect(textsOf(sortResults(single, 'grouped'))).toEqual(sorted);
  });
});

describe('groupByWord', () => {
  it('splits results where the word changes', () => {
    const groups = groupByWord(resultsOf(['  is.com', '+ is.dev', '  or.dev']));
    expect(groups.map(textsOf)).toEqual([['  is.com', '+ is.dev'], ['  or.dev']]);
  });
});
