/** The CPU of the thread that asks. */
const bed = new Int32Array(new SharedArrayBuffer(4));

/** In milliseconds. While a thread runs the kernel counts only at its ticks, 4 ms apart. */
export function usedCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The same, exact: a thread that goes to sleep is counted to that moment. */
export function exactCpuMs(): number {
  Atomics.wait(bed, 0, 0, 0.2);
  return usedCpuMs();
}
