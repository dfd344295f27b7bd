/** Which limits have to be raised so that a whole warm-up fits. */
import type { ConfigKey } from '../../../core/contract/config.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';
import type { WarmUpPlan } from '../../../core/contract/warm-up.ts';

export interface LimitChange {
  readonly path: string;
  readonly before: number;
  readonly after: number;
  readonly recommended: readonly [number, number] | null;
}

type Counts = Pick<PoolStatistics, 'totalConnections' | 'idleConnections'> & {
  readonly hosts: readonly { readonly host: string; readonly total: number }[];
};

/**
 * One limit clips first, but raising it alone may only run into the next: all three are raised as far as the job needs,
 * never beyond the hard range, and never lowered.
 */
export function limitsFor(plan: WarmUpPlan, keys: readonly ConfigKey[], counts: Counts): LimitChange[] {
  const ofHost = counts.hosts.find((entry) => entry.host === plan.host)?.total ?? 0;
  const inUse = (key: string, otherwise: number): number =>
    plan.clippedBy?.key === key ? Math.max(plan.clippedBy.inUse, otherwise) : otherwise;
  const needed: Readonly<Record<string, number>> = {
    'pool.max_connections': inUse('max_connections', counts.totalConnections) + plan.wanted,
    'pool.max_conns_per_host': inUse('max_conns_per_host', ofHost) + plan.wanted,
    'pool.max_idle_conns': inUse('max_idle_conns', counts.idleConnections) + plan.wanted,
  };
  const changes: LimitChange[] = [];
  for (const [path, wanted] of Object.entries(needed)) {
    const key = keys.find((entry) => entry.path === path);
    const after = Math.min(wanted, key?.hard?.[1] ?? wanted);
    if (key && typeof key.value === 'number' && key.value < after) {
      changes.push({ path, before: key.value, after, recommended: key.recommended });
    }
  }
  return changes;
}
