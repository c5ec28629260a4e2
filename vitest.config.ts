import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that need the built command or other programs. */
const whole = ['test/built/**/*.test.ts', 'test/system/**/*.test.ts'];
/** Tests of many generated worlds, which take seconds each. */
const generated = ['test/**/*.generated.test.ts'];
/** Tests that replace a module, and so need modules of their own. */
const mocked = ['test/**/*.mocked.test.ts'];

export default defineConfig({
  test: {
    pool: 'threads',
    setupFiles: 'test/helpers/setup.ts',
    // By default, Vitest leaves one processor idle, which of two is half.
    maxWorkers: availableParallelism(),
    projects: [
      // Loading all modules anew for each of a hundred files takes longer than the tests.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...whole, ...mocked, ...generated],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'mocked', include: mocked } },
      { extends: true, test: { name: 'generated', include: generated } },
      // In threads, Vitest does not end after the tests of servers that reset connections.
      { extends: true, test: { name: 'whole', include: whole, pool: 'forks' } },
    ],
  },
});
