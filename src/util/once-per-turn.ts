/** Wraps a function so that it is called at most once in each turn of the event loop; its last value is returned meanwhile. */
export function oncePerTurn(measure: () => number): () => number {
  let last: number | undefined;
  return () => {
    if (last === undefined) {
      last = measure();
      setImmediate(() => {
        last = undefined;
      });
    }
    return last;
  };
}
