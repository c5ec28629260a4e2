import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterFile } from '../helpers/closing.js';
import { makeFolder } from '../helpers/system/folder.js';
import { createFaultyFiles, type Fault } from './faulty-files.js';
import { startProcess } from './processes.js';
import { lineOf } from './results.js';
import { answeredIn, names, runAt } from './runs.js';

const known = lineOf('w0.dev', 'live');
const unanswered = lineOf('w1.dev', 'unknown');

/** Files of earlier runs. */
const files: readonly [description: string, text: string][] = [
  ['an empty file', ''],
  ['a file with a result', known],
  ['a file with a line that is cut', known + lineOf('w1.dev', 'live').slice(0, 50)],
  ['a file with lines that do not count', unanswered + known + unanswered + lineOf('w0.dev', 'absent')],
  ['a file with lines that are not results', `${known}broken\n${unanswered}`],
  ['a file in UTF-16', `\ufeff${known}${unanswered}`],
];

const faults: readonly Fault[] = [
  'short write',
  'full disk',
  'ENOSPC',
  'EIO',
  'EINTR',
  'crash',
  'crash within a write',
];

describe.concurrent.each(files)('%s', (description, text) => {
  it.each(faults)('is whole after the next run, at whatever call there was: %s', async (fault) => {
    const folder = await makeFolder();
    afterFile(folder.remove);
    for (let at = 0; ; at++) {
      const path = join(folder.path, String(at), 'run.json');
      await mkdir(dirname(path));
      await writeFile(path, text, description.includes('UTF-16') ? 'utf16le' : 'utf8');
      const faulty = createFaultyFiles(at, fault);
      const first = startProcess('here', faulty.files);
      const failure = await runAt(path, first).catch((error: unknown) => error);
      // A run that says nothing has done everything.
      if (failure === undefined && !fault.startsWith('crash'))
        expect([...new Set(await answeredIn(path))], `call ${at}`).toEqual(names);
      first.kill();
      await faulty.close();
      await runAt(path, startProcess());
      expect(await answeredIn(path), `call ${at}: ${await readFile(path, 'utf8')}`).toEqual(names);
      if (at > faulty.calls()) break;
    }
  });
});
