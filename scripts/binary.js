import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inject } from 'postject';
import { bundleInOne } from './bundle.js';

/**
 * Makes build/blogdom of the commands and the Node that runs this: a single executable that needs no Node
 * (nodejs.org/api/single-executable-applications.html). A link to it that is named blogdom-flags is the second command.
 */
const [isWindows, isMac] = ['win32', 'darwin'].map((platform) => process.platform === platform);
const binary = isWindows ? 'build/blogdom.exe' : 'build/blogdom';
const [main, config, blob] = ['build/main.js', 'build/sea.json', 'build/sea.blob'];

mkdirSync('build', { recursive: true });
await bundleInOne(
  `
  const isFlags = /blogdom-flags(?:\\.exe)?$/i.test(process.argv0);
  if (isFlags) require('./src/commands/flags/main.js');
  else require('./src/commands/blogdom/main.js');`,
  main,
);
writeFileSync(config, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true }));
execFileSync(process.execPath, ['--experimental-sea-config', config], {
  stdio: ['ignore', 'ignore', 'inherit'],
});

copyFileSync(process.execPath, binary);
chmodSync(binary, 0o755);
// The signature of Node is not valid for a changed file.
if (isMac) execFileSync('codesign', ['--remove-signature', binary]);
await inject(binary, 'NODE_SEA_BLOB', readFileSync(blob), {
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
  ...(isMac && { machoSegmentName: 'NODE_SEA' }),
});
if (isMac) execFileSync('codesign', ['--sign', '-', binary]);
console.log(binary);
