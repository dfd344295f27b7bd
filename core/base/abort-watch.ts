/**
 * Many listeners to one signal. Node looks through all that a signal has at each one that is added or taken away, so a
 * thousand dials of one warm-up would cost half a million looks.
 */
const watched = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back once when the signal aborts, not if it has already. Returns the function that stops watching. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const watchers = watched.get(signal) ?? watch(signal);
  // Its own, so that the same function may be given twice.
  const own = (): void => callback();
  watchers.add(own);
  return () => watchers.delete(own);
}

function watch(signal: AbortSignal): Set<() => void> {
  const watchers = new Set<() => void>();
  watched.set(signal, watchers);
  const tell = (): void => {
    for (const watcher of watchers) {
      watchers.delete(watcher);
      watcher();
    }
  };
  signal.addEventListener('abort', tell, { once: true });
  return watchers;
}
