import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run fuzz -- [--runs N] [--seed N]`: tries the properties of the parsers many times, from a seed that it prints. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
console.log(`Seed ${values.seed}: npm run fuzz -- --runs ${values.runs} --seed ${values.seed}`);
const env = { ...process.env, FUZZ_RUNS: values.runs, FUZZ_SEED: values.seed };
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'unit',
  '--testTimeout',
  '0',
  'test/fuzz',
];
const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
process.exitCode = status ?? 1;
