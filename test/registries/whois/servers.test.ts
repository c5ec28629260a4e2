import { describe, expect, it } from 'vitest';
import iana from '../../../src/registries/rdap/iana.json' with { type: 'json' };
import { isLimited, readWhoisReply } from '../../../src/registries/whois/reply.js';
import { whoisServers } from '../../../src/registries/whois/servers/index.js';
import { replies } from './replies/index.js';

const serverOf = (suffix: string) =>
  whoisServers[suffix] ?? expect.fail(`Expected a WHOIS server of .${suffix}`);

const about = (text: string, name: string) =>
  text.replaceAll('<name>', name).replaceAll('<NAME>', name.toUpperCase());

const table = Object.entries(replies).map(([suffix, known]) => ({
  suffix,
  name: `word.${suffix}`,
  ...known,
}));

const withheld = table.flatMap(({ suffix, name, withheld = {} }) =>
  Object.entries(withheld).map(([word, text]) => ({ suffix, name, word, text })),
);

describe('whoisServers', () => {
  it('has known replies of each server', () => {
    const tested = new Set(Object.keys(replies).map(serverOf));
    const untested = Object.values(whoisServers).filter((server) => !tested.has(server));
    expect(untested).toEqual([]);
  });

  it('has only suffixes for which IANA lists no RDAP server', () => {
    const listed = new Set(iana.services.flatMap(([suffixes]) => suffixes));
    expect(Object.keys(whoisServers).filter((suffix) => listed.has(suffix))).toEqual([]);
  });

  it('has each suffix once', () => {
    const suffixes = [...new Set(Object.values(whoisServers))].flatMap((server) => server.suffixes);
    expect(suffixes).toHaveLength(Object.keys(whoisServers).length);
  });

  it('asks each server no more than once a second', () => {
    for (const { limit } of Object.values(whoisServers))
      expect(limit.requests / limit.seconds).toBeLessThanOrEqual(1);
  });

  it('says of each server where its replies were seen, and when', () => {
    for (const { source, seen } of Object.values(whoisServers)) {
      expect(source).toMatch(/\S+\/\S+, \S/);
      expect(seen).toMatch(/^20\d\d(-(0[1-9]|1[0-2]))?$/);
    }
  });

  it('has no registry whose terms forbid every automated query, or the hunt for names', () => {
    for (const suffix of ['hk', 'edu', 'ro']) expect(whoisServers).not.toHaveProperty(suffix);
  });
});

describe.each(table)('the WHOIS server of .$suffix', ({ suffix, name, free, registered, limited }) => {
  const server = serverOf(suffix);
  const read = (text: string, asked = name) => readWhoisReply(about(text, name), server, asked);

  it('is understood if a name is free', () => {
    expect(read(free)).toEqual({ registered: false });
    expect(isLimited(about(free, name), server)).toBe(false);
  });

  it('is understood if a name is registered', () => {
    expect(read(registered)).toMatchObject({ registered: true });
    expect(isLimited(about(registered, name), server)).toBe(false);
  });

  it('is understood if it was asked too often', () => {
    for (const text of [limited ?? 'Query rate limit exceeded.\n', `${free}\nToo many requests\n`])
      expect(isLimited(about(text, name), server)).toBe(true);
  });

  it('is not believed if a reply about a registered name is about another name', () => {
    expect(read(registered, `other.${suffix}`)).toEqual({
      failure: `${server.host}:43 answered about another name`,
    });
  });

  it.each(['Status: on hold', 'This name is reserved.', 'Your address has been blocked.', 'Internal error'])(
    'is not believed that a name is free if a line says %j',
    (line) => {
      expect(read(`${free}\n${line}\n`)).toHaveProperty('failure');
    },
  );

  it('is not believed that a name is free if a line names another', () => {
    expect(read(`${free}\nDomain Name: other.${suffix}\n`)).toHaveProperty('failure');
  });

  it('is not believed if the decisive line is cut', () => {
    const cut = about(free, name).trimEnd().split('\n');
    for (const [index, line] of cut.entries()) {
      const shortened = cut.toSpliced(index, 1, line.trimEnd().slice(0, -2)).join('\n');
      const answer = readWhoisReply(shortened, server, name);
      // A line that does not decide may be cut.
      if (JSON.stringify(answer) !== JSON.stringify({ registered: false })) return;
    }
    expect.fail('Expected one line of the reply to decide');
  });
});

describe.each(withheld)('the WHOIS server of .$suffix', ({ suffix, name, word, text }) => {
  it(`says that nobody can register a name that is ${word}`, () => {
    expect(readWhoisReply(about(text, name), serverOf(suffix), name)).toEqual({
      registered: false,
      withheld: word,
      hasNoRecord: true,
    });
  });
});

describe('the WHOIS server of .sx', () => {
  it('says that a name without a registration is a premium name', () => {
    const text = 'Status: PREMIUM NAME (No match for domain "word.sx")\n';
    expect(readWhoisReply(text, serverOf('sx'), 'word.sx')).toEqual({
      registered: false,
      words: 'premium name',
    });
  });
});
