import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fromZone, startNameServer } from './helpers/name-server.js';
import { sampleZone } from './helpers/sample-zone.js';
import { type RecordedLine, toSvg } from './recording/svg.js';

/**
 * `npm run recording`: runs commands at a small name server on this machine, which takes as long as a distant one, and writes
 * what they print, and when, to docs/images/session.svg. Only the pauses for reading are made up.
 */
const commands = [
  { typed: 'blogdom', args: [] },
  {
    typed: 'blogdom --tld dev,app,io not for --format grid',
    args: ['--tld', 'dev,app,io', 'not', 'for', '-o', 'grid'],
  },
  {
    typed: 'blogdom not for try --only live --format names',
    args: ['not', 'for', 'try', '--only', 'live', '-o', 'names'],
  },
];
/** Milliseconds for typing one character, before the first line of output, and for reading the output. */
const perCharacter = 45;
const beforeOutput = 200;
const reading = 1800;

/** A round trip in milliseconds, which depends on the name alone. */
const roundTripOf = (name: string): number =>
  30 + ([...name].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 997, 7) % 130);

const zone = fromZone({
  ...sampleZone,
  'not.io': { A: ['192.0.2.40'] },
  'for.io': { NS: ['ns.for.io'] },
  app: {},
  io: {},
});
const server = await startNameServer((query) => (_, client) => {
  setTimeout(zone, roundTripOf(query.name), query, client);
});
const home = await mkdtemp(join(tmpdir(), 'blogdom-'));
try {
  const lines: RecordedLine[] = [];
  let time = 500;
  for (const { typed, args } of commands) {
    lines.push({ at: time, text: `\u001b[2m$\u001b[22m ${typed}`, typing: typed.length * perCharacter });
    time += typed.length * perCharacter + beforeOutput;
    const output = await record(args);
    for (const { at, text } of output) lines.push({ at: time + at, text });
    time += (output.at(-1)?.at ?? 0) + reading;
    lines.push({ at: time, text: '' });
  }
  await writeFile('docs/images/session.svg', toSvg(lines, time + reading));
} finally {
  await server.close();
  await rm(home, { recursive: true });
}

/** Runs the command, and returns its lines with the milliseconds after the first one. */
async function record(args: readonly string[]): Promise<{ readonly at: number; readonly text: string }[]> {
  const child = spawn(
    process.execPath,
    [resolve('bin/blogdom.js'), '--color', 'always', '--server', server.address, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { HOME: home, COLUMNS: '72' } },
  );
  const lines: { at: number; text: string }[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const text of parts) lines.push({ at: performance.now(), text });
  });
  await once(child, 'close');
  const start = lines[0]?.at ?? 0;
  return lines.map(({ at, text }) => ({ at: Math.round(at - start), text }));
}
