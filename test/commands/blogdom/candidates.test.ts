import { describe, expect, it } from 'vitest';
import { blogdom, serve } from '../../helpers/command.js';
import { sampleLines } from '../../helpers/sample-zone.js';

const sampleNames = sampleLines.map((line) => line.slice(2)).toSorted();
const at = (words: string, ...tlds: readonly string[]) =>
  words.split(' ').flatMap((word) => tlds.map((tld) => `${word}.${tld}`));
const goWords = 'case chan else for func go goto if map type var';

/** What `--list` prints, line by line in the order of the sources. */
async function list(...args: readonly string[]): Promise<string[]> {
  const { stdout, stderr, status } = await blogdom(['--list', ...args]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').slice(0, -1);
}

const labelOf63 = 'a'.repeat(63);
const nameOf253 = `${`${labelOf63}.`.repeat(3)}${'b'.repeat(61)}`;

describe.concurrent('the candidate names', () => {
  it.each([
    [
      'the words given, whatever their length',
      ['blog', 'a', 'internationalization'],
      at('blog a internationalization', 'dev'),
    ],
    [
      'whole names as they are, without a dot at the end',
      ['blog', 'example.com', 'a.b.example.', 'dev.'],
      ['blog.dev', 'example.com', 'a.b.example', 'dev'],
    ],
    [
      'words at each top-level domain',
      ['x', 'y', '-t', '.COM,co.uk', '-t', 'com.br'],
      at('x y', 'com', 'co.uk', 'com.br'),
    ],
    [
      'each name once, in lower case',
      ['TRUE', 'x', 'true', 'X.dev', 'x.dev.', '-t', 'dev,DEV'],
      ['true.dev', 'x.dev'],
    ],
    [
      'names in their ASCII form',
      ['Bücher', 'ＡＢＣ', '例。jp', '-t', 'DE,рф'],
      [...at('xn--bcher-kva abc', 'de', 'xn--p1ai'), 'xn--fsq.jp'],
    ],
    [
      'names as odd and as long as a name may be',
      ['0x7f.1', 'a--b', '42', labelOf63, nameOf253],
      ['0x7f.1', 'a--b.dev', '42.dev', `${labelOf63}.dev`, nameOf253],
    ],
    ['words from --min-length on', ['--min-length', '3', 'go', 'for', 'else'], ['for.dev', 'else.dev']],
    [
      'words up to --max-length, as a person counts letters',
      ['--max-length', '6', 'bücher', 'for', 'another'],
      ['xn--bcher-kva.dev', 'for.dev'],
    ],
  ])('are %s', async (_what, args, names) => {
    expect(await list(...args)).toEqual(names);
  });

  it.each([
    ['without words: those of Python of up to 4 letters', [], sampleNames],
    ['of Python, when asked for', ['-l', 'python'], sampleNames],
    ['of other languages', ['-l', 'go'], at(goWords, 'dev')],
    [
      'of several languages, each once',
      ['-l', 'go,python', '--language', 'go'],
      [...new Set([...at(goWords, 'dev'), ...sampleNames])],
    ],
    ['with soft words', ['--soft'], [...sampleNames, 'case.dev', 'type.dev']],
    [
      'beside words given',
      ['-l', 'go', 'internationalization'],
      ['internationalization.dev', ...at(goWords, 'dev')],
    ],
    [
      'longer ones on demand',
      ['-l', 'go', '--min-length', '7', '--max-length', '8'],
      at('continue default package', 'dev'),
    ],
    [
      'longer ones for a minimum alone',
      ['-l', 'go', '--min-length', '9'],
      at('fallthrough interface', 'dev'),
    ],
    [
      'all but those that are no label',
      ['-l', 'haskell', '--soft', '--max-length', '2'],
      at('do if in of', 'dev'),
    ],
  ])('are reserved words %s', async (_what, args, names) => {
    expect((await list(...args)).toSorted()).toEqual(names.toSorted());
  });

  it('are reserved words of all languages, each once', async () => {
    const names = await list('-l', 'all');
    expect(names).toEqual(expect.arrayContaining([...sampleNames, ...at(goWords, 'dev'), 'fn.dev']));
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.length <= 'four.dev'.length)).toBe(true);
  });

  it('are listed without being probed', async () => {
    const server = await serve({});
    const { stdout } = await blogdom(['-s', server.address, '--list', 'x']);
    expect(stdout).toBe('x.dev\n');
    expect(server.queries).toEqual([]);
  });

  it('are asked for once each, as they are listed', async () => {
    const server = await serve({});
    await blogdom(['-s', server.address, '--no-canary', '--tries', '1', 'x', 'X.dev', '0x7f.1']);
    expect(server.queries.map(({ name }) => name)).toEqual(['x.dev', '0x7f.1']);
  });

  it.each([
    [99_999, 1],
    [100_000, 2],
  ])('come again only behind more than the last 100,000 (%i others: %i times)', async (others, times) => {
    const input = ['again', ...Array.from({ length: others }, (_, index) => `w${index}`), 'again'].join('\n');
    const { stdout } = await blogdom(['--list', '-'], { input });
    const names = stdout.split('\n').slice(0, -1);
    expect(names).toHaveLength(others + times);
    expect(names.filter((name) => name === 'again.dev')).toHaveLength(times);
  });
});
