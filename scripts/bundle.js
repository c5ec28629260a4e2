import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, transform } from 'esbuild';
import { compressedData } from './compressed-data.js';

/** What all bundles have in common. */
const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Of a package that has both, the ES modules: what is not used of them is left out.
  mainFields: ['module', 'main'],
  alias: { debug: './scripts/no-debug.cjs' },
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [compressedData],
};

/**
 * CommonJS, which Node 20 starts faster than ES modules. `import()` becomes a call of `require`, so that what it loads still
 * runs only when it is needed.
 */
const commonJs = {
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  supported: { 'dynamic-import': false },
};

/**
 * Bundles programs that share modules in many files, so that each run reads only what it needs.
 *
 * @param entryPoints the path of each program, by the name of its file.
 * @returns the paths of the bundled modules.
 */
export async function bundleInParts(entryPoints, outdir) {
  const { outputFiles, metafile } = await build({
    ...bundling,
    entryPoints,
    outdir,
    chunkNames: 'parts/[name]-[hash]',
    // esbuild can only split ES modules.
    splitting: true,
    format: 'esm',
    write: false,
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(withConstantLinks(text), { ...commonJs, minify: true });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
  return Object.keys(metafile.inputs);
}

/**
 * Links a part with others by constants. esbuild would look each name up in the other part whenever it is used, which costs
 * 8 % of the processor time of a long run; no part changes what it exports after it has been loaded.
 */
function withConstantLinks(part) {
  const toObject = (names) => `{${names.replace(/\s+as\s+/g, ':')}}`;
  const linked = part.replace(
    /\bimport\s*\{([^}]*)\}\s*from\s*("\.[^"]*")/g,
    (_, names, path) => `const ${toObject(names)}=require(${path})`,
  );
  const exported = linked.replace(/\bexport\s*\{([^}]*)\};?\s*$/, (_, names) =>
    names
      .split(',')
      .map((pair) => pair.trim().split(/\s+as\s+/))
      .map(([own, other = own]) => `exports.${other}=${own};`)
      .join(''),
  );
  return `Object.defineProperty(exports,"__esModule",{value:true});${exported.replace(/\bimport\s*("\.[^"]*")/g, 'require($1)')}`;
}

/** Bundles a program, given as text, in one file. */
export async function bundleInOne(contents, outfile) {
  await build({ ...bundling, ...commonJs, stdin: { contents, resolveDir: '.' }, outfile });
}
