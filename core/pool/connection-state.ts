/**
 * The one table of how a connection may move between its states.
 *
 *     dialing → validating → idle ⇄ leased → draining → closed
 *                              ⇅        ⇅
 *                              checking          (and from every state → closed)
 *
 * `checking` is a reservation: nobody else may touch the socket while a probe runs on it. A new connection, or one that
 * was just released, may be reserved for the check that a waiter's path needs without being idle in between. Where many
 * are ended at once, those that lie idle are `draining` until their turn to be closed has come.
 */
import type { ConnectionState } from '../contract/vocabulary.ts';
import { PoolInvariantError } from './pool-errors.ts';

/** Called twice per lease: comparisons with what stands here, most frequent first, cost a fraction of a look-up by name. */
function mayGo(from: ConnectionState, to: ConnectionState): boolean {
  switch (from) {
    case 'idle':
      return to === 'leased' || to === 'checking' || to === 'draining' || to === 'closed';
    case 'leased':
      return to === 'idle' || to === 'checking' || to === 'draining' || to === 'closed';
    case 'checking':
      return to === 'idle' || to === 'leased' || to === 'closed';
    case 'dialing':
      return to === 'validating' || to === 'closed';
    case 'validating':
      return to === 'idle' || to === 'checking' || to === 'leased' || to === 'closed';
    case 'draining':
      return to === 'closed';
    case 'closed':
      return false;
  }
}

/**
 * Gives back `to` when a connection may go there.
 * @throws PoolInvariantError when it may not: a fault of the pool, never of its user.
 */
export function nextState(connectionId: number, from: ConnectionState, to: ConnectionState): ConnectionState {
  if (!mayGo(from, to)) {
    throw new PoolInvariantError(`connection ${connectionId} cannot go from ${from} to ${to}`);
  }
  return to;
}
