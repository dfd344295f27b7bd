/** What a retry of a run will meet: what the automaton has ejected is probed first, what a person has blocked is left out. */
import type { IpHealth } from '../../core/contract/health.ts';
import type { WarmUpCell, WarmUpRun } from '../../core/contract/warm-up-run.ts';

export interface RetryOutlook {
  /** Of the failed addresses, each once. */
  readonly ejected: number;
  /** When the first of the ejected is probed by itself; null: it is being probed, or there is none. */
  readonly nextProbeAtMs: number | null;
  /** Nothing of what has failed may be dialled. */
  readonly allBlocked: boolean;
}

type Cell = Pick<WarmUpCell, 'host' | 'ip' | 'state'>;
type Health = Pick<IpHealth, 'host' | 'ip' | 'state' | 'nextProbeAtMs'>;

export function retryOutlook(
  { hosts }: Pick<WarmUpRun, 'hosts'>,
  cells: readonly (Cell | undefined)[],
  health: Iterable<Health>,
): RetryOutlook {
  const failed = new Set(
    cells.flatMap((cell) => (cell?.state === 'failed' ? `${hosts[cell.host]?.host} ${cell.ip}` : [])),
  );
  const known = [...health].filter(({ host, ip }) => failed.has(`${host} ${ip}`));
  const away = known.filter(({ state }) => state === 'ejected' || state === 'probing');
  const probes = away.flatMap(({ nextProbeAtMs }) => nextProbeAtMs ?? []);
  // A host that could not be resolved has no address yet, and may be tried again.
  const unresolved = hosts.some(({ error, total }) => error !== null && total === 0);
  const blocked = known.filter(({ state }) => state === 'blocked');
  return {
    ejected: away.length,
    nextProbeAtMs: probes.length === 0 ? null : Math.min(...probes),
    allBlocked: failed.size > 0 && blocked.length === failed.size && !unresolved,
  };
}
