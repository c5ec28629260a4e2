import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Runs a TypeScript program, which Node 20 cannot do by itself: `node scripts/run.js FILE [ARGUMENT...]`. */
const [file, ...args] = process.argv.slice(2);
const outfile = resolve('build/programs', `${basename(file, '.ts')}.mjs`);
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
process.argv = [process.execPath, outfile, ...args];
await import(pathToFileURL(outfile));
