interface Listening {
  readonly callbacks: Set<() => void>;
  readonly stop: () => void;
}

/** The signals that are listened to, each with one listener for all callbacks. */
const listening = new WeakMap<AbortSignal, Listening>();

/**
 * Calls a function once when a signal fires. All functions of a signal share one listener, because Node warns of a leak
 * if an `AbortSignal` has more than ten.
 *
 * @param signal a signal that has not fired yet.
 * @param callback must not throw.
 * @returns a function that makes the signal forget this call.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, stop } = listening.get(signal) ?? listen(signal);
  // Distinct even if the same function is passed twice.
  const call = () => callback();
  callbacks.add(call);
  return () => {
    if (callbacks.delete(call) && callbacks.size === 0) stop();
  };
}

function listen(signal: AbortSignal): Listening {
  const callbacks = new Set<() => void>();
  const stop = () => {
    signal.removeEventListener('abort', callAll);
    listening.delete(signal);
  };
  const callAll = () => {
    stop();
    for (const call of callbacks) call();
    callbacks.clear();
  };
  signal.addEventListener('abort', callAll);
  const added = { callbacks, stop };
  listening.set(signal, added);
  return added;
}
