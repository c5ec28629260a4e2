const { FUZZ_RUNS, FUZZ_SEED } = process.env;

/** How often each property is tried: `npm run fuzz` sets more runs, and the seed, which it prints. */
export const fuzzRuns = {
  numRuns: FUZZ_RUNS === undefined ? 200 : Number(FUZZ_RUNS),
  ...(FUZZ_SEED !== undefined && { seed: Number(FUZZ_SEED) }),
} as const;
