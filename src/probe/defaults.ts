/** What holds where the user sets nothing, on the command line and in the library. */
export const defaults = {
  /** Names in flight at most; fewer where the servers bear no more. */
  concurrency: 10_000,
  /** Seconds that one try may take. */
  timeout: 3,
  /** Tries of one question, at all servers together. */
  tries: 7,
  /** Seconds that one name may wait for a registry that limits its callers. */
  confirmTimeout: 60,
} as const;

/** The largest values that are taken. */
export const maximums = {
  /** The ids of one connection are enough for these and the tries that are still listened for. */
  concurrency: 10_000,
  timeout: 3600,
  tries: 100,
  rate: 10_000_000,
} as const;
