/** What the operator reads in the State column: `unhealthy` when the flag is down, else the state. */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import type { ConnectionState } from '../../core/contract/vocabulary.ts';

export type ShownState = ConnectionState | 'unhealthy';

/** Worst first: the order of the State column. */
export const shownStates = [
  'unhealthy',
  'leased',
  'dialing',
  'validating',
  'checking',
  'draining',
  'idle',
  'closed',
] as const satisfies readonly ShownState[];

export function shownState(row: Pick<ConnectionRow, 'state' | 'healthy'>): ShownState {
  // A connection that is still being made is not unhealthy, it is not yet anything.
  const made = row.state !== 'dialing' && row.state !== 'validating' && row.state !== 'closed';
  return made && !row.healthy ? 'unhealthy' : row.state;
}
