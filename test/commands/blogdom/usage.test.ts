import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { blogdom, serve } from '../../helpers/command.js';

describe.concurrent('a wrong use is one line that says what was expected and what was got, with status 2', () => {
  it.each([
    ['--watch', "unknown option '--watch': expected one that blogdom --help lists"],
    ['--rate=0', '--rate: expected a whole number from 1 to 10000000, got "0"'],
    [
      '--only=available',
      '--only: expected one of live, taken, absent, unregistered, unknown, got "available"',
    ],
    ['--format=xml', '--format: expected one of text, names, json, csv, got "xml"'],
    ['--color=sometimes', '--color: expected one of auto, always, never, got "sometimes"'],
    ['--tld=dev,,com', '--tld: expected a domain such as dev or co.uk, got ""'],
    ['--concurrency=0', '--concurrency: expected a whole number from 1 to 10000, got "0"'],
    ['--timeout=0', '--timeout: expected seconds above 0, up to 3600, got "0"'],
    ['--min-length=x', '--min-length: expected a whole number from 1 to 63, got "x"'],
    ['--min-length=5 --max-length=3', 'expected --min-length to be at most --max-length, got 5 and 3'],
    ['--server=192.0.2.1:70000', /^--server: expected an address such as .*, got "192\.0\.2\.1:70000"$/],
    ['--server=tcp://dns.example', /^--server: expected an address such as .*, got "tcp:\/\/dns\.example"$/],
    ['--server=https://', /^--server: .*, got "https:\/\/"$/],
    ['--language=cobol', /^--language: expected one of python, .*, got "cobol"$/],
    ['--file', /^option '-f, --file <path>' argument missing$/],
  ])('%s', async (line, message) => {
    const server = await serve({});
    const { stdout, stderr, status } = await blogdom(['-s', server.address, 'live', ...line.split(' ')]);
    const [, got] = /^blogdom: ([^\n]+)\n$/.exec(stderr) ?? [];
    if (typeof message === 'string') expect(got).toBe(message);
    else expect(got).toMatch(message);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(server.queries).toEqual([]);
  });

  it('cannot steer the terminal by what was got', async () => {
    const { stderr } = await blogdom(['--format', '\x1b[31m\n']);
    expect(stderr).toBe('blogdom: --format: expected one of text, names, json, csv, got "\\x1b[31m\\x0a"\n');
  });
});

describe.concurrent('the help and the version', () => {
  it.each(['--version', '-V'])('%s prints the version of the package', async (option) => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await blogdom([option])).toEqual({ stdout: `${version}\n`, stderr: '', status: 0 });
  });

  it.each(['--help', '-h'])(
    '%s names every option, mark and exit status, on standard output',
    async (option) => {
      const { stdout, stderr, status } = await blogdom([option]);
      const options = stdout.match(/(?<=^ {2}.*)--[a-z-]+(?=[ ,].* {2})/gm);
      expect(new Set(options)).toEqual(
        new Set(
          '--file --language --soft --tld --min-length --max-length --list --server --concurrency --timeout --tries --rate --no-canary --confirm --confirm-timeout --rdap-bootstrap --format --only --color --verbose --version --help'.split(
            ' ',
          ),
        ),
      );
      for (const word of ['live', 'taken', 'absent', 'unknown', '130', 'python', 'json'])
        expect(stdout).toContain(word);
      expect(stdout).not.toMatch(/available/i);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    },
  );
});
