import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import config from '../../vitest.config.js';

/** The folder whose tests are run; `scripts/mutants.js` sets it. */
const folder = process.env['MUTANTS_TESTS'] ?? 'test';
const generated = '**/*.generated.test.ts';
const mocked = `${folder}/**/*.mocked.test.ts`;

const sourceOf = (test: string) =>
  test.replace(`/${folder}/`, `/${folder.replace('test', 'src')}/`).replace(/(\.mocked)?\.test\.ts$/, '.ts');

/** The tests of the changed file go first, then those of other files, and then whole runs, which a mutant can make long. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const changed = this.ctx.config.related ?? [];
    const distance = ({ moduleId }: TestSpecification) =>
      changed.includes(sourceOf(moduleId)) ? 0 : existsSync(sourceOf(moduleId)) ? 1 : 2;
    return files.toSorted((a, b) => distance(a) - distance(b));
  }
}

/** The quick tests of one folder. In two threads, Stryker misses some of the tests that fail, so there is one. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    maxWorkers: 1,
    sequence: { sequencer: NearestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${folder}/**/*.test.ts`],
          exclude: [generated, mocked],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'mocked', include: [mocked] } },
    ],
  },
});
