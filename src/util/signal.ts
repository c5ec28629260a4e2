/** Lets any number of asynchronous functions wait for the same event, again and again. */
export interface Signal {
  /** Resolves at the next `emit`. */
  next(): Promise<void>;
  /** Resolves the promises of all calls of `next` since the last `emit`. */
  emit(): void;
}

/** Creates a signal. */
export function createSignal(): Signal {
  let promise: Promise<void> | undefined;
  let resolve = () => {};
  return {
    next() {
      promise ??= new Promise((done) => {
        resolve = done;
      });
      return promise;
    },
    emit() {
      promise = undefined;
      resolve();
    },
  };
}
