/** Delays calls, each of which has a name, until the test opens the gate. */
export interface NamedGate {
  /** Calls `go`, now if the gate is open for `name`, otherwise as soon as it is. */
  pass(name: string, go: () => void): void;
  /** Opens the gate for one name in any letter case, or for all names. Delayed calls are made in order of arrival. */
  release(name?: string): void;
}

/** Creates a gate that is closed for all names. */
export function createGate(): NamedGate {
  let waiting: { name: string; go: () => void }[] = [];
  const openNames = new Set<string>();
  let open = false;
  const isOpenFor = (name: string) => open || openNames.has(name);

  return {
    pass(name, go) {
      if (isOpenFor(name)) go();
      else waiting.push({ name, go });
    },
    release(name) {
      if (name === undefined) open = true;
      else openNames.add(name.toLowerCase());
      const released = waiting.filter((call) => isOpenFor(call.name));
      waiting = waiting.filter((call) => !isOpenFor(call.name));
      for (const { go } of released) go();
    },
  };
}
