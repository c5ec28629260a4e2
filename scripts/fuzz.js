import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * `npm run fuzz -- [--runs N] [--seed N] [--only NAME]`: tries the properties in `test/fuzz` many times, from a seed that it prints. NAME is
 * one of them, such as `arguments`.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
const only = values.only && ` --only ${values.only}`;
console.log(`Seed ${values.seed}: npm run fuzz -- --runs ${values.runs} --seed ${values.seed}${only}`);
const env = { ...process.env, FUZZ_RUNS: values.runs, FUZZ_SEED: values.seed };
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'unit',
  '--testTimeout',
  '0',
  `test/fuzz/${values.only}`,
];
const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
process.exitCode = status ?? 1;
