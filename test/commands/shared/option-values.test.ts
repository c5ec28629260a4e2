import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../../src/commands/blogdom/options.js';

/** What one option's value becomes, next to a server so that the machine's own settings do not matter. */
function read(option: string, value: string) {
  const parsed = parseOptions(['--server', '192.0.2.1', option, value], {}, false);
  if ('options' in parsed) return parsed.options;
  throw new Error(parsed.text);
}

function errorOf(option: string, value: string): string {
  const parsed = parseOptions([option, value], {}, false);
  return 'text' in parsed && parsed.status === 2 ? parsed.text : 'no error';
}

describe('whole numbers', () => {
  const options = [
    ['--concurrency', 'concurrency', 10_000],
    ['--tries', 'tries', 100],
    ['--rate', 'rate', 10_000_000],
    ['--min-length', 'minLength', 63],
    ['--max-length', 'maxLength', 63],
  ] as const;

  test.each(options)('%s takes them from 1', (option, field, most) => {
    expect(read(option, '1')).toHaveProperty(field, 1);
    expect(read(option, '12')).toHaveProperty(field, 12);
    expect(read(option, String(most))).toHaveProperty(field, most);
  });

  test.each(options)('%s takes nothing else', (option, _, most) => {
    for (const text of ['0', '-1', '1.5', '1e1', '0x10', ' 1', '١', 'x', '', 'Infinity', String(most + 1)]) {
      expect(errorOf(option, text)).toBe(
        `blogdom: ${option}: expected a whole number from 1 to ${most}, got "${text}"\n`,
      );
    }
  });

  test('-c is short for --concurrency', () => {
    expect(read('-c', '7')).toHaveProperty('concurrency', 7);
  });

  test('given twice, the last one counts', () => {
    const parsed = parseOptions(['-s', '192.0.2.1', '-c', '5', '-c', '7'], {}, false);
    expect(parsed).toMatchObject({ options: { concurrency: 7 } });
  });
});

describe('--timeout', () => {
  test.each([
    ['1', 1000],
    ['0.25', 250],
    ['.5', 500],
    ['2.', 2000],
    ['3600', 3_600_000],
  ])('%s seconds', (text, milliseconds) => {
    expect(read('--timeout', text)).toHaveProperty('timeout', milliseconds);
  });

  test.each(['0', '0.0', '-1', '.', '1e3', '3s', '', 'x', 'NaN', 'Infinity', '3601', '1,5'])(
    'not %j',
    (text) => {
      const error = errorOf('--timeout', text);
      expect(error).toMatch(/^blogdom: --timeout: expected seconds above 0, up to 3600, got "/);
      expect(error).toContain(`got "${text}"\n`);
    },
  );
});

describe('--tld', () => {
  test.each([
    ['dev', 'dev'],
    ['.dev', 'dev'],
    ['.Co.UK', 'co.uk'],
    ['com.br.', 'com.br'],
    ['xn--fiqs8s', 'xn--fiqs8s'],
    ['中国', 'xn--fiqs8s'],
  ])('%s is %s', (text, name) => {
    expect(read('-t', text).tlds).toEqual([expect.objectContaining({ name })]);
  });

  test.each(['_x', '..dev', 'a..b', '.', 'https://dev/', 'a b', '-dev', 'xn--a', '*'])('not %j', (text) => {
    expect(errorOf('--tld', text)).toBe(
      `blogdom: --tld: expected a domain such as dev or co.uk, got "${text}"\n`,
    );
  });
});

describe('--server', () => {
  const server = (text: string) => {
    const parsed = parseOptions(['-s', text], {}, false);
    return 'options' in parsed ? parsed.options.servers : parsed.text;
  };

  test.each([
    ['1.1.1.1', 'udp://1.1.1.1:53'],
    ['1.1.1.1:5353', 'udp://1.1.1.1:5353'],
    ['udp://1.1.1.1', 'udp://1.1.1.1:53'],
    ['[2606:4700:4700::1111]:53', 'udp://[2606:4700:4700::1111]:53'],
    ['2606:4700:4700::1111', 'udp://[2606:4700:4700::1111]:53'],
    ['udp://[::1]:5300', 'udp://[::1]:5300'],
    ['tcp://1.1.1.1', 'tcp://1.1.1.1:53'],
    ['tls://dns.example@1.1.1.1', 'tls://dns.example@1.1.1.1:853'],
    ['quad9', 'https://9.9.9.9/dns-query'],
    ['system', 'system'],
  ])('%s is %s', (text, url) => {
    expect(server(text)).toEqual([expect.objectContaining({ url })]);
  });

  test.each([
    ...['tcp://dns.example', 'tls://', 'https://', 'ftp://1.1.1.1', '://1.1.1.1'],
    ...[
      '1.1.1',
      '1.1.1.1:',
      '1.1.1.1:0',
      '1.1.1.1:65536',
      '[1.1.1.1]',
      '[::1',
      '1.1.1.1/',
      'dns.example',
      'udp://',
    ],
  ])('not %s', (text) => {
    expect(server(text)).toMatch(/^blogdom: --server: expected an address such as .+, got ".*"\n$/);
    expect(server(text)).toContain(`, got "${text}"\n`);
  });
});

describe('choices', () => {
  test.each(['text', 'names', 'json', 'csv'])('--format %s', (format) => {
    expect(read('--format', format)).toHaveProperty('format', format);
    expect(read('-o', format)).toHaveProperty('format', format);
  });

  test.each(['live', 'taken', 'absent', 'unknown'])('--only %s', (status) => {
    expect(read('--only', status).only).toEqual(new Set([status]));
  });

  test('--language takes any letter case, and all for all of them', () => {
    expect(read('-l', 'TypeScript').languages).toEqual(['typescript']);
    expect(new Set(read('-l', 'all').languages).size).toBe(22);
    expect(read('-l', 'all').languages).toContain('elixir');
  });

  test.each([
    ['--format', 'xml', 'text, names, json, csv'],
    ['--format', 'JSON ', 'text, names, json, csv'],
    ['--only', 'free', 'live, taken, absent, unregistered, unknown'],
    ['--color', 'yes', 'auto, always, never'],
    ['--language', 'klingon', 'python, .*, all'],
    ['--language', '__proto__', 'python, .*, all'],
  ])('%s has no %j', (option, text, choices) => {
    const error = errorOf(option, text);
    expect(error).toMatch(new RegExp(`^blogdom: ${option}: expected one of ${choices}, got ".+"\n$`));
    expect(error).toContain(`got "${text}"`);
  });
});

describe('switches', () => {
  test.each([
    ['--soft', 'soft'],
    ['--list', 'list'],
    ['--verbose', 'verbose'],
    ['-v', 'verbose'],
  ])('%s is off unless given', (option, field) => {
    expect(parseOptions(['-s', 'system', option], {}, false)).toMatchObject({ options: { [field]: true } });
    expect(parseOptions(['-s', 'system'], {}, false)).toMatchObject({ options: { [field]: false } });
  });
});

test('a long and harmful value is shown in one line, shortened and harmless', () => {
  for (const option of ['--tld', '--server', '--format', '--timeout', '--tries', '--only', '--language']) {
    const error = errorOf(option, `a\n\x1b[31m${'b'.repeat(1000)}`);
    expect(error).toMatch(/^blogdom: .*got "a\\x0a\\x1b\[31m.*…b+"\n$/);
    expect(error.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(error.length).toBeLessThan(500);
  }
});
