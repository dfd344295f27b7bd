/** For promises about time, on a machine that may be busy with something else. */

const attempts = 3;

/**
 * What is slow is slow each time; a machine that does something else meanwhile is not.
 * @param measure one attempt from its beginning; resolves to what it took in milliseconds
 * @returns the first measure under `limitMs`, or the best of three
 */
export async function quickestMs(limitMs: number, measure: () => Promise<number>): Promise<number> {
  let bestMs = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < attempts && bestMs >= limitMs; attempt += 1) {
    bestMs = Math.min(bestMs, await measure());
  }
  return bestMs;
}

/** Milliseconds until it has resolved. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await act();
  return performance.now() - startedMs;
}
