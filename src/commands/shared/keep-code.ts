import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cacheOf, compile } from './start.js';

/**
 * A step of the build: runs a bundle with arguments and keeps the code that V8 compiled for it, which spares each
 * later start a good part of its time.
 */
const [file = ''] = process.argv.splice(2, 1);
const bundle = resolve(file);
const run = compile(bundle, undefined);
process.on('exit', () => {
  writeFileSync(cacheOf(bundle), run.createCachedData());
  // What the run came to is of no interest here.
  process.exitCode = 0;
});
run();
