/** Where what has a name waits until the test lets it go. */
export interface NamedGate {
  /** Calls `go` now where its name has been let go, else later. */
  pass(name: string, go: () => void): void;
  /** Lets what has this name, or everything, go in order of arrival; what comes later does not wait. */
  release(name?: string): void;
}

/** A closed gate. */
export function closedGate(): NamedGate {
  let waiting: { name: string; go: () => void }[] = [];
  const released = new Set<string>();
  let open = false;
  const passes = (name: string) => open || released.has(name);

  return {
    pass(name, go) {
      if (passes(name)) go();
      else waiting.push({ name, go });
    },
    release(name) {
      if (name === undefined) open = true;
      else released.add(name.toLowerCase());
      const leaving = waiting.filter((held) => passes(held.name));
      waiting = waiting.filter((held) => !passes(held.name));
      for (const { go } of leaving) go();
    },
  };
}
