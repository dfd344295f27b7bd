/** Connections that never came to be. */
import type { PoolStatistics } from '../../core/contract/statistics.ts';

/** What went wrong before there was a connection, so that no row can tell it. */
export type DialTrouble =
  | { readonly kind: 'failing'; readonly failed: number; readonly dials: number }
  | { readonly kind: 'none-opened'; readonly failed: number };

export function dialTrouble({ last60s, sinceStart, totalConnections }: PoolStatistics): DialTrouble | null {
  if (last60s.dialFailures > 0) {
    // A dial that began before the window may fail within it.
    const dials = Math.max(last60s.dials, last60s.dialFailures);
    return { kind: 'failing', failed: last60s.dialFailures, dials };
  }
  return sinceStart.dialFailures > 0 && totalConnections === 0
    ? { kind: 'none-opened', failed: sinceStart.dialFailures }
    : null;
}
