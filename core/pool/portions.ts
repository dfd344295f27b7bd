/** Thousands of connections are ended a portion in each turn of the event loop, so that nothing else waits for all of them. */
import { inTurns, type Pieces } from '../base/turns.ts';
import type { HotConnection } from './hot-connection.ts';

/** Sockets that are closed in one turn: 50 take some 6 ms. */
export const mostClosedAtOnce = 50;

/** The first portion before this returns. Resolves when the last has had its turn. */
export function inPortions(
  connections: readonly HotConnection[],
  end: (connection: HotConnection) => void,
): Promise<void> {
  return inTurns(portions(connections, end));
}

function* portions(connections: readonly HotConnection[], end: (connection: HotConnection) => void): Pieces<void> {
  for (const [index, connection] of connections.entries()) {
    if (index > 0 && index % mostClosedAtOnce === 0) {
      yield;
    }
    end(connection);
  }
}
