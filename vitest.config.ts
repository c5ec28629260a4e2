import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';

/** Tests that need the built command or other programs. */
const whole = ['test/built/**/*.test.ts', 'test/system/**/*.test.ts'];
/** Tests of many generated worlds, which take seconds each. */
const generated = ['test/**/*.generated.test.ts'];
/** Tests of what the other tests use. */
const tools = ['test/helpers/**/*.test.ts', 'test/simulation/!(worlds).test.ts'];
/** Tests that replace a module, and so need modules of their own. */
const mocked = ['test/**/*.mocked.test.ts'];

/** The end of the name of a module that exports a text. */
const textModule = '.text.js';

/** Imports the style sheet and the script of the page as text, as the build does. */
const textModules: Plugin = {
  name: 'text-modules',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!/\/page\.(css|client\.js)$/.test(source) || importer === undefined) return null;
    // With a name that ends in `.css`, Vitest would replace it by nothing.
    return `${resolve(dirname(importer), source)}${textModule}`;
  },
  load(id) {
    if (!id.endsWith(textModule)) return null;
    const text = readFileSync(id.slice(0, -textModule.length), 'utf8');
    return { code: `export default ${JSON.stringify(text)};`, moduleType: 'js' };
  },
};

export default defineConfig({
  plugins: [textModules],
  test: {
    pool: 'threads',
    setupFiles: 'test/helpers/setup.ts',
    // Only a test that hangs takes as long as this, however busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By default, Vitest leaves one processor idle, which of two is half.
    maxWorkers: availableParallelism(),
    projects: [
      // Loading all modules anew for each of a hundred files takes longer than the tests.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...whole, ...mocked, ...generated, ...tools],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'mocked', include: mocked } },
      { extends: true, test: { name: 'generated', include: generated } },
      { extends: true, test: { name: 'tools', include: tools, exclude: generated, isolate: false } },
      // In threads, Vitest does not end after the tests of servers that reset connections.
      { extends: true, test: { name: 'whole', include: whole, pool: 'forks' } },
    ],
  },
});
