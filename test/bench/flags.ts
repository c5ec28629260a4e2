import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { allCountries, mostPopulous } from '../../src/commands/flags/countries.js';
import { debianPython, originalFlags } from '../helpers/original-flags.js';
import { median, timeFirstLine } from './measure.js';
import type { Bench } from './race.js';
import { printTable, rounded } from './table.js';

/** Parts of a GIF picture of one pixel: its size and colours, a comment of 255 characters, and the image to the end. */
const screen = Buffer.from('01000100800000000000ffffff', 'hex');
const comment = Buffer.from(`21feff${'78'.repeat(255)}00`, 'hex');
const image = Buffer.from('2c00000000010001000002024401003b', 'hex');

/** Compares blogdom-flags with an equivalent of the original on one server, each run with an empty folder. */
export async function flags({ folder, quick }: Bench): Promise<void> {
  const picture = Buffer.concat([Buffer.from('GIF89a'), screen, ...Array<Buffer>(11).fill(comment), image]);
  const all = [
    [mostPopulous, 50],
    [mostPopulous, 0],
    [allCountries, 50],
    [allCountries, 0],
  ] as const;
  for (const [codes, delay] of quick ? all.slice(0, 1) : all) {
    const server = createServer((_request, response) => void setTimeout(() => response.end(picture), delay));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/flags`;
    const commands = {
      'blogdom-flags': [process.execPath, resolve('bin/blogdom-flags.js'), '--base-url', url, '--out'],
      original: [debianPython, '-c', originalFlags, url],
    };
    const times: Record<string, number[]> = { 'blogdom-flags': [], original: [] };
    for (let pair = 0; pair < (quick ? 3 : 11); pair++) {
      for (const [name, command] of Object.entries(commands)) {
        const out = await mkdtemp(join(folder, 'flags-'));
        times[name]?.push((await timeFirstLine([...command, out, ...codes])).all);
      }
    }
    server.close();
    const [ours = 0, theirs = 0] = Object.values(times).map((all) => median(all));
    const cells = [ours * 1000, theirs * 1000, ours / theirs].map(rounded);
    const columns = ['medians', 'blogdom-flags, ms', 'original, ms', 'ratio'];
    printTable(`${codes.length} flags, a server ${delay} ms away`, columns, [['', ...cells]]);
  }
}
