/** Lets one asynchronous function pause until another one wakes it. */
export interface Waiter {
  /** Resolves at the next `wake`. */
  wait(): Promise<void>;
  /** Resolves the promise of the last `wait`, if there is one. */
  wake(): void;
}

/** Creates a waiter, on which only one function may pause at a time. */
export function createWaiter(): Waiter {
  let resume: (() => void) | undefined;
  return {
    wait: () =>
      new Promise((resolve) => {
        resume = resolve;
      }),
    wake() {
      resume?.();
      resume = undefined;
    },
  };
}
