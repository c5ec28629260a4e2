import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { bundleInParts } from './bundle.js';
import { emitDeclarations } from './declarations.js';
import { licencesOf } from './licences.js';

/**
 * Builds dist/: both commands and the library, and in parts/ the modules that they share or load later; the library's type
 * declarations in types/; the man pages in man/; and the licences of the packages that are bundled.
 */
rmSync('dist', { recursive: true, force: true });
const inputs = await bundleInParts(
  {
    blogdom: 'src/commands/blogdom/main.ts',
    'blogdom-flags': 'src/commands/flags/main.ts',
    index: 'src/index.ts',
  },
  'dist',
);
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
writeFileSync('dist/THIRD-PARTY-LICENCES.txt', licencesOf(inputs));
emitDeclarations('index.d.ts', 'dist/types');
execFileSync(process.execPath, ['scripts/run.js', 'src/commands/man-pages/main.ts'], { stdio: 'inherit' });
