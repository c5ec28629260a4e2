import { describe, expect, it } from 'vitest';
import { createFinds } from '../../../src/commands/blogdom/finds.js';
import { type Options, parseOptions } from '../../../src/commands/blogdom/options.js';
import type { ProbeResult, Status } from '../../../src/probe/result.js';

function resultOf(name: string, status: Status): ProbeResult {
  const dot = name.indexOf('.');
  const parts = { name, word: name.slice(0, dot), tld: name.slice(dot + 1), reason: 'a reason' };
  return { ...parts, status, addresses: [], tries: 1, ms: 1, evidence: [] };
}

function optionsOf(...argv: readonly string[]): Options {
  const parsed = parseOptions(['--list', ...argv], {}, {});
  return 'options' in parsed ? parsed.options : expect.fail(parsed.text);
}

/** Describes absent names, or others with a status before them. */
function describeFinds(argv: readonly string[], names: readonly string[], columns = 80): readonly string[] {
  const finds = createFinds(optionsOf(...argv));
  finds.add(
    names.map((text) => {
      const [name = '', status = 'absent'] = text.split(' ').toReversed();
      return resultOf(name, status as Status);
    }),
  );
  return finds.describe(columns);
}

describe('the finds of a run', () => {
  it('are named, with the command that asks the registries about them', () => {
    expect(describeFinds([], ['not.dev', 'live as.dev', 'elif.dev', 'unknown is.dev'])).toEqual([
      'Perhaps free: elif not (.dev)',
      'Ask the registries: blogdom --confirm elif not',
    ]);
  });

  it('are nothing if no name is absent', () => {
    expect(describeFinds([], ['live as.dev', 'taken is.dev'])).toEqual([]);
  });

  it('are looked up in the same way', () => {
    const options = ['-t', 'io', '-s', 'tls://192.0.2.1', '--private'];
    expect(describeFinds(options, ['not.io'])).toEqual([
      'Perhaps free: not (.io)',
      'Ask the registries: blogdom -t io -s tls://192.0.2.1:853 --private --confirm not',
    ]);
    expect(describeFinds(['-t', 'dev,io'], ['not.io'])[1]).toBe(
      'Ask the registries: blogdom -t io --confirm not',
    );
    expect(describeFinds(['-t', 'dev'], ['not.dev'])[1]).toBe(
      'Ask the registries: blogdom -t dev --confirm not',
    );
  });

  it('are whole names if they have several domains, or would mean something else', () => {
    expect(describeFinds(['-t', 'io,dev'], ['not.io', 'not.dev'])).toEqual([
      'Perhaps free: not.dev not.io',
      'Ask the registries: blogdom --confirm not.dev not.io',
    ]);
    expect(describeFinds([], ['all.dev', 'not.dev'])[1]).toBe(
      'Ask the registries: blogdom --confirm all.dev not.dev',
    );
  });

  it('are cut to the width of the terminal, and the command stays one', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `word${index}.dev`);
    const lines = describeFinds([], names, 60);
    expect(lines).toEqual([
      'Perhaps free: word0 word1 word10 and 997 more (.dev)',
      'Ask the registries about 8 of them: blogdom --confirm word0 word1 word10 word100 word101 word102 word103 word104',
    ]);
    expect(describeFinds([], names, 25)).toEqual(['Perhaps free: and 1,000 more (.dev)']);
  });

  it('are unregistered names with --confirm', () => {
    expect(describeFinds(['--confirm'], ['unregistered not.dev', 'is.dev'])).toEqual([
      'Unregistered: not (.dev)',
    ]);
  });
});
