import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileSettings } from '../../src/commands/blogdom/configuration/settings.js';
import { decodeReply } from '../../src/dns/wire/reply.js';
import { csv } from '../../src/formats/csv.js';
import { json } from '../../src/formats/json.js';
import { text } from '../../src/formats/text.js';
import { parseResult } from '../../src/history/parse-result.js';
import { readLines } from '../../src/names/lines.js';
import { describeForSale, readForSale } from '../../src/probe/for-sale.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { readDasAnswer } from '../../src/registries/das/das-answer.js';
import { dasServices } from '../../src/registries/das/services.js';
import { readBootstrap } from '../../src/registries/rdap/bootstrap.js';
import { readRdapAnswer } from '../../src/registries/rdap/rdap-answer.js';
import { isLimited, readWhoisReply } from '../../src/registries/whois/reply.js';
import { whoisServers } from '../../src/registries/whois/servers/index.js';
import { explainServer } from '../../src/servers/explain-server.js';
import { parseServerChoice } from '../../src/servers/server-choice.js';
import { parseServerList } from '../../src/servers/server-list.js';
import { systemServers } from '../../src/servers/system-servers.js';
import { fuzzRuns } from './runs.js';

/** Any text, with what terminals, spreadsheets and parsers obey in it more often than by chance. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '\0',
        '\u001b[2J',
        '\u202e',
        '\r',
        '\n',
        '\t',
        '=1+1',
        '+',
        '-',
        '@',
        '"',
        ',',
        '{',
        '}',
        '[',
        ']',
      ),
      fc.constantFrom(
        'name',
        'status',
        'live',
        'dev',
        '.',
        '_for-sale',
        'v=FORSALE1;',
        'furi=',
        'https://',
        '#',
      ),
      fc.constantFrom('192.0.2.1', '[2001:db8::1]', ':53', 'tls://', 'nameserver ', 'get 1.0 ', 'Status: '),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Characters that a terminal obeys, or that change the direction of text. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

const holds = <Value>(arbitrary: fc.Arbitrary<Value>, check: (value: Value) => void) =>
  fc.assert(fc.property(arbitrary, check), fuzzRuns);

describe('no text from outside', () => {
  it('breaks the readers of lists of servers', () => {
    holds(anyText, (content) => {
      const { servers, problems } = parseServerList(content);
      expect(servers.length + problems.length).toBeLessThanOrEqual(content.split(/[\r\n]/).length);
      for (const problem of problems) expect(problem).not.toMatch(unsafe);
    });
    holds(anyText, (content) => {
      const choice = parseServerChoice(content);
      expect(choice?.url ?? explainServer(content).got).not.toMatch(unsafe);
    });
  });

  it('breaks the reader of the settings of the system', () => {
    holds(anyText, (content) => {
      expect(() => systemServers(['fe80::1'], () => content)).not.toThrow();
    });
  });

  it('breaks the reader of earlier results', () => {
    holds(
      fc.oneof(
        anyText,
        fc.json(),
        fc.dictionary(anyText, fc.jsonValue()).map((value) => JSON.stringify(value)),
      ),
      (line) => {
        const result = parseResult(line);
        if (result) expect(result.name).toMatch(/^[!-~]+$/);
      },
    );
  });

  it('breaks the readers of the answers of registries', () => {
    const service = dasServices['lt'];
    if (service === undefined) throw new Error('Expected the service of .lt');
    holds(anyText, (content) => {
      const answer = readDasAnswer(content, service, 'x.lt');
      if (typeof answer === 'string') expect(answer).not.toMatch(unsafe);
    });
    const server = whoisServers['it'];
    if (server === undefined) throw new Error('Expected the WHOIS server of .it');
    holds(anyText, (content) => {
      expect(JSON.stringify(readWhoisReply(content, server, 'x.it'))).not.toMatch(unsafe);
      expect(isLimited(content, server)).toBeTypeOf('boolean');
    });
    const anyBody = fc.oneof(anyText, fc.json());
    holds(fc.tuple(fc.constantFrom(200, 404, 400, 500), anyBody), ([status, body]) => {
      const url = 'https://192.0.2.1/domain/x.dev';
      const result = { status, host: '192.0.2.1', body: Buffer.from(body), url, retryAfter: undefined };
      const answer = readRdapAnswer(result, 'x.dev');
      expect(JSON.stringify(answer ?? null)).not.toMatch(unsafe);
      if (answer && 'registered' in answer && answer.registered)
        expect(JSON.parse(body).objectClassName).toBe('domain');
    });
  });

  it('breaks the reader of the bootstrap file', () => {
    holds(fc.jsonValue(), (file) => {
      const services = [[['dev'], [file]], file];
      for (const content of [file, { version: '1.0', services }, { version: '1.0', services: file }])
        expect(() => readBootstrap(content)?.find('dev')).not.toThrow();
    });
  });

  it('breaks the reader of the environment', () => {
    holds(anyText, (path) => {
      const env = { XDG_CONFIG_HOME: `/nonexistent/${path.replaceAll('\0', '')}` };
      expect(() => fileSettings(env)).not.toThrow();
    });
  });

  it('makes an offer that a terminal obeys', () => {
    holds(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 260 }),
          anyText.map((each) => Buffer.from(`v=FORSALE1;furi=${each}`)),
        ),
      ),
      (texts) => {
        const offer = readForSale(texts);
        if (offer) expect(describeForSale(offer)).not.toMatch(unsafe);
      },
    );
  });

  it('is lost or joined by the reader of lines, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (chunks) => {
        const whole = new TextDecoder().decode(Buffer.concat(chunks)).split(/\r\n|\n|\r/);
        const lines: string[] = [];
        const source = async function* () {
          yield* chunks;
        };
        for await (const some of readLines(source())) lines.push(...some);
        if (whole.at(-1) === '') whole.pop();
        expect(lines).toEqual(whole);
      }),
      fuzzRuns,
    );
  });
});

describe('no message from a server', () => {
  it.each(['A', 'NS', 'TXT'] as const)(
    'breaks the reader of replies to %s queries with EDNS, or without recursion',
    (type) => {
      const head = [0, 1, 0x84, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0x78, 0, 0, 1, 0, 1];
      const anyOctet = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 4, 15, 16, 41, 0xc0, 12));
      holds(fc.tuple(fc.array(anyOctet, { maxLength: 120 }), fc.boolean()), ([octets, isIterative]) => {
        const flags = isIterative ? { zone: '' } : ({ hasEdns: true } as const);
        const reply = decodeReply(Uint8Array.from([...head, ...octets]), { name: 'x', type, flags });
        for (const name of [...(reply?.serverNames ?? []), reply?.referral ?? ''])
          expect(name).toMatch(/^[!-~]*$/);
        for (const error of reply?.extendedErrors ?? []) expect(error.meaning).not.toMatch(unsafe);
      });
    },
  );
});

describe('no reason', () => {
  const common = { word: 'x', tld: 'dev', addresses: [], tries: 1, ms: 1, evidence: [] };
  const resultOf = (reason: string): ProbeResult => ({ ...common, name: 'x.dev', status: 'unknown', reason });

  it('reaches a terminal with what that would obey', async () => {
    const options = { color: false, compared: false, timed: false };
    const formats = await Promise.all([text, csv, json].map((create) => create(options)));
    holds(anyText, (reason) => {
      for (const { line } of formats) expect(line(resultOf(reason)).slice(0, -1)).not.toMatch(unsafe);
    });
  });

  it('begins a formula in a spreadsheet', async () => {
    const { line } = await csv({ color: false, compared: false, timed: false });
    holds(anyText, (reason) => {
      const cells = line(resultOf(reason)).split(',').slice(4).join(',');
      expect(cells).not.toMatch(/^"?[=+@\-\t\r]/);
    });
  });
});
