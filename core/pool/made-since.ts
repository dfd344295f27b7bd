/** Whether a connection was made for one who waits for it, told by its row. */

/** A row's times and the wall clock are in whole milliseconds, each rounded down: together they may be so much apart. */
const roundedMs = 2;

/** `sinceAtMs`: epoch, of the beginning of the wait. */
export function isMadeSince(createdAtMs: number, sinceAtMs: number): boolean {
  return createdAtMs >= sinceAtMs - roundedMs;
}
