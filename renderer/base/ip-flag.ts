/** The states of an IP that are worth a mark. */
import type { IpHealth } from '../../core/contract/health.ts';

/** What is worth a mark beside an IP; the other states are the usual ones. */
export type IpFlag = 'ejected' | 'probing' | 'blocked' | 'held';

export function flagOf({ state, heldInUse }: Pick<IpHealth, 'state' | 'heldInUse'>): IpFlag | null {
  if (state === 'ejected' || state === 'probing' || state === 'blocked') {
    return state;
  }
  return heldInUse ? 'held' : null;
}
