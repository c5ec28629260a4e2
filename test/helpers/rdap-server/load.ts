/** Counts what is under way. */
export interface Load {
  /** Begins one more; what comes back ends it, once. */
  begin(): () => void;
  underWay(): number;
  /** The most that were ever under way together. */
  peak(): number;
  /** Settles once nothing is under way. */
  idle(): Promise<void>;
}

export function openLoad(): Load {
  const running = new Set<symbol>();
  let peak = 0;
  let waiting: (() => void)[] = [];

  return {
    begin() {
      const one = Symbol('request');
      running.add(one);
      peak = Math.max(peak, running.size);
      return () => {
        running.delete(one);
        if (running.size > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      };
    },
    underWay: () => running.size,
    peak: () => peak,
    idle: () =>
      new Promise((resolve) => {
        if (running.size === 0) resolve();
        else waiting.push(resolve);
      }),
  };
}
