import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Builds dist/: one file for each command, one for the library, the library's type declarations in types/, and the man
 * pages in man/.
 */
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  outdir: 'dist',
  logLevel: 'warning',
  // Of a package that has both, the ES modules: what is not used of them is left out.
  mainFields: ['module', 'main'],
};

rmSync('dist', { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: { blogdom: 'src/commands/blogdom/main.ts', 'blogdom-flags': 'src/commands/flags/main.ts' },
  // Node 20 starts a CommonJS file faster than ES modules, and loads its own modules only when they are used.
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // Puts modules that are imported with `import()` into the same file; they still run only when they are needed.
  supported: { 'dynamic-import': false },
  minify: true,
});
await build({ ...shared, entryPoints: ['src/index.ts'], format: 'esm' });
emitDeclarations('index.d.ts');
execFileSync(process.execPath, ['scripts/run.js', 'src/commands/man-pages.ts'], { stdio: 'inherit' });

/** Emits the declarations of a module and of the modules that they import, directly or indirectly. */
function emitDeclarations(entry) {
  // The compiler emits the declarations of every module that it reads.
  const all = mkdtempSync(join(tmpdir(), 'blogdom-types-'));
  const command = ['node_modules/typescript/bin/tsc', '-p', 'scripts/library.tsconfig.json', '--outDir', all];
  execFileSync(process.execPath, command, { stdio: 'inherit' });
  const needed = new Set([entry]);
  for (const file of needed) {
    const text = readFileSync(join(all, file), 'utf8');
    for (const [, module] of text.matchAll(/'(\.[^']*)\.js'/g))
      needed.add(join(dirname(file), `${module}.d.ts`));
    cpSync(join(all, file), join('dist/types', file));
  }
  rmSync(all, { recursive: true });
}
