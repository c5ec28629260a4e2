import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCommand } from '../../src/commands/blogdom/command.js';
import { parseOptions } from '../../src/commands/blogdom/options.js';
import { run } from '../../src/commands/blogdom/run.js';
import { fakeStreams } from '../commands/blogdom/fake-streams.js';
import { anyString } from '../helpers/any-string.js';
import { fuzzRuns } from './runs.js';

/** Options that read files or the network even if names are only listed, or that end the run before. */
const unwanted: readonly string[] = [
  '--list-registries',
  '--rdap-bootstrap',
  '--server-file',
  '--file',
  '-f',
];

const options = createCommand()
  .options.flatMap(({ short, long }) => [short ?? '', long ?? ''])
  .filter((name) => name !== '' && !unwanted.includes(name));

const anyValue = fc.oneof(
  anyString(),
  fc.constantFrom(
    '',
    '-',
    '--',
    '0',
    '1',
    '-1',
    '1e9',
    '99999999999999999999',
    '0.5',
    '1/2',
    '2/1',
    'all',
    'auto',
    ',',
  ),
  fc.constantFrom(
    'com,dev',
    'popular',
    'live',
    'json',
    'python',
    'system',
    'tls://192.0.2.1',
    'udp://[::1]:53',
  ),
  fc
    .array(fc.constantFrom('{', '}', ',', '[', ']', 'a', '-', '?', '#', '{63}', '{1,63}', '*', 'é'), {
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
  fc.nat({ max: 3000 }).map((count) => '{'.repeat(count)),
);

const anyArgument = fc.oneof(
  fc.constantFrom(...options),
  anyValue,
  fc.tuple(fc.constantFrom(...options), anyValue).map(([option, value]) => `${option}=${value}`),
  fc.tuple(fc.constantFrom(...options), anyValue).map(([option, value]) => `${option}${value}`),
);

/** An option with its value is more often valid than two arguments by chance. */
const anyArguments = fc
  .array(
    fc.oneof(
      anyArgument.map((one) => [one]),
      fc.tuple(fc.constantFrom(...options), anyValue),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.flat());

/** Octets after which the reader of the list has seen enough: a pattern may stand for more words than anybody can wait for. */
const enough = 2000;

describe('no command line', () => {
  it('ends with a stack trace, or does not end', async () => {
    await fc.assert(
      fc.asyncProperty(anyArguments, async (argv) => {
        // Servers are not asked, and so need not be those of this machine.
        const parsed = parseOptions([...argv, '--list'], {}, {});
        if (!('options' in parsed)) {
          expect([0, 2]).toContain(parsed.status);
          if (parsed.status === 2) expect(parsed.text).toMatch(/^blogdom: [^\n]+\n$/);
          return;
        }
        const { streams, stderr } = fakeStreams();
        const controller = new AbortController();
        let length = 0;
        const stdout = new Writable({
          write(chunk: Buffer, _encoding, done) {
            length += chunk.length;
            if (length > enough) controller.abort(0);
            done();
          },
        });
        const settings = { ...parsed.options, list: true };
        const status = await run(settings, { ...streams, stdout }, controller.signal);
        expect([0, 1, 2]).toContain(status);
        expect(stderr()).not.toMatch(/^ +at /m);
      }),
      // A run takes longer than a parser.
      { ...fuzzRuns, numRuns: Math.ceil(fuzzRuns.numRuns / 5), timeout: 20_000 },
    );
  });
});
