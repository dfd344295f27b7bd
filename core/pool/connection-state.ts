/**
 * The one table of how a connection may move between its states.
 *
 *     dialing → validating → idle ⇄ leased → draining → closed
 *                              ⇅        ⇅
 *                              checking          (and from every state → closed)
 *
 * `checking` is a reservation: nobody else may touch the socket while a probe runs on it. A new connection, or one that
 * was just released, may be reserved for the check that a waiter's path needs without being idle in between.
 */
import type { ConnectionState } from '../contract/vocabulary.ts';
import { PoolInvariantError } from './pool-errors.ts';

const following: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  dialing: ['validating', 'closed'],
  validating: ['idle', 'checking', 'leased', 'closed'],
  idle: ['checking', 'leased', 'closed'],
  checking: ['idle', 'leased', 'closed'],
  leased: ['idle', 'checking', 'draining', 'closed'],
  draining: ['closed'],
  closed: [],
};

/**
 * Gives back `to` when a connection may go there.
 * @throws PoolInvariantError when it may not: a fault of the pool, never of its user.
 */
export function nextState(connectionId: number, from: ConnectionState, to: ConnectionState): ConnectionState {
  if (!following[from].includes(to)) {
    throw new PoolInvariantError(`connection ${connectionId} cannot go from ${from} to ${to}`);
  }
  return to;
}
