/**
 * Connections that could serve, in no order: adding, removing and picking one at random cost O(1). A plain array that its
 * host holds, because each object on the way to a connection is one more that a pool of thousands never has in the
 * processor's cache.
 */
import type { HotConnection } from './hot-connection.ts';

/** A connection is in one such set at most. */
export type AvailableSet = HotConnection[];

export function makeAvailable(connection: HotConnection, set: AvailableSet): void {
  connection.availableIn = set;
  connection.availableAt = set.length;
  set.push(connection);
}

/** The last member takes the place of the one that goes. */
export function makeUnavailable(connection: HotConnection, set: AvailableSet): void {
  const last = set.pop();
  if (last && last !== connection) {
    set[connection.availableAt] = last;
    last.availableAt = connection.availableAt;
  }
  connection.availableIn = null;
  connection.availableAt = -1;
}
