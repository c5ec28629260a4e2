/** An event for which any number of asynchronous functions can wait, again and again. */
export interface RepeatedEvent {
  /** Resolves when it happens next. */
  next(): Promise<void>;
  /** Wakes all who wait. */
  emit(): void;
}

/** Creates an event that has not happened. */
export function createEvent(): RepeatedEvent {
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
      if (promise === undefined) return;
      promise = undefined;
      resolve();
    },
  };
}
