/** The defaults of the command and of the library. */
export const defaults = {
  /** The most names in flight; fewer if the servers can take only fewer. */
  concurrency: 10_000,
  /** Seconds that one attempt may take. */
  timeout: 3,
  /** Attempts for one question, at all servers together. */
  tries: 7,
  /** Seconds that one name may wait for a registry that limits the rate of queries. */
  confirmTimeout: 60,
} as const;

/** The largest values that are accepted. */
export const maximums = {
  /** The most names in flight: one connection has enough ids for these, and for earlier attempts whose late replies are accepted. */
  concurrency: 10_000,
  timeout: 3600,
  tries: 100,
  rate: 10_000_000,
} as const;
