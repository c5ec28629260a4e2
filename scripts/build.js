import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { compressedData } from './compressed-data.js';
import { emitDeclarations } from './declarations.js';
import { licencesOf } from './licences.js';

/**
 * Builds dist/: one file with both commands and the library, which share most modules; the library's entry and its type
 * declarations in types/; the man pages in man/; and the licences of the packages that are bundled.
 */
rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  stdin: {
    // A module runs when the function that requires it is called.
    contents: `
      exports.blogdom = () => require('./src/commands/blogdom/main.js');
      exports.flags = () => require('./src/commands/flags/main.js');
      exports.library = () => require('./src/index.js');`,
    resolveDir: '.',
  },
  outfile: 'dist/blogdom.js',
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Of a package that has both, the ES modules: what is not used of them is left out.
  mainFields: ['module', 'main'],
  alias: { debug: './scripts/no-debug.cjs' },
  // Node 20 starts a CommonJS file faster than ES modules, and loads its own modules only when they are used.
  format: 'cjs',
  // Puts modules that are imported with `import()` into the same file; they still run only when they are needed.
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [compressedData],
});
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
// Node finds the names of the exports in these assignments, so that ES modules can import them.
writeFileSync(
  'dist/index.js',
  `const library = require('./blogdom.js').library();
exports.probe = library.probe;
exports.probeAll = library.probeAll;
`,
);
writeFileSync('dist/THIRD-PARTY-LICENCES.txt', licencesOf(Object.keys(metafile.inputs)));
emitDeclarations('index.d.ts', 'dist/types');
execFileSync(process.execPath, ['scripts/run.js', 'src/commands/man-pages/main.ts'], { stdio: 'inherit' });
