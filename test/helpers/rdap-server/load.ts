/** Counts requests in flight. */
export interface Load {
  /** Counts one more request. Returns a function that ends it. */
  begin(): () => void;
  /** The highest number in flight so far. */
  peak(): number;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
}

export function openLoad(): Load {
  const inFlight = new Set<symbol>();
  let peak = 0;
  let waiting: (() => void)[] = [];

  return {
    begin() {
      const one = Symbol('request');
      inFlight.add(one);
      peak = Math.max(peak, inFlight.size);
      return () => {
        inFlight.delete(one);
        if (inFlight.size > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      };
    },
    peak: () => peak,
    idle: () =>
      new Promise((resolve) => {
        if (inFlight.size === 0) resolve();
        else waiting.push(resolve);
      }),
  };
}
