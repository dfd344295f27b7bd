/** What the overview picks from the rows. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import type { WindowStatistics } from '../../../core/contract/statistics.ts';
import { ipSortKey } from '../../base/ip-key.ts';
import { shownState } from '../../base/shown-state.ts';

export function finishedRequests({ successfulRequests, failedRequests }: WindowStatistics): number {
  return successfulRequests + failedRequests;
}

/** null before anything has finished: the contract's 1 would read as a success that nobody has seen. */
export function knownSuccessRate(window: WindowStatistics): number | null {
  return finishedRequests(window) === 0 ? null : window.successRate;
}

/** How a rate is painted: what its alert would call bad is never good, though the alert may not fire before it was held. */
export function rateTone(rate: number | null, threshold: number | null, fires: boolean): 'good' | 'warn' | 'bad' {
  if (fires) {
    return 'bad';
  }
  return rate !== null && threshold !== null && rate < threshold ? 'warn' : 'good';
}

/** By host, then IP, then id: a connection keeps its place while it lives. */
export function fieldOrder(rows: Iterable<ConnectionRow>): number[] {
  const keyed = Array.from(rows, (row) => ({ id: row.id, host: row.host, key: ipSortKey(row.ip) }));
  keyed.sort((a, b) => {
    if (a.host !== b.host) {
      return a.host < b.host ? -1 : 1;
    }
    if (a.key !== b.key) {
      return a.key < b.key ? -1 : 1;
    }
    return a.id - b.id;
  });
  return keyed.map((entry) => entry.id);
}

/** The first `most` of an order, without sorting all the others. */
function best(rows: Iterable<ConnectionRow>, most: number, score: (row: ConnectionRow) => number): ConnectionRow[] {
  const top: { row: ConnectionRow; score: number }[] = [];
  for (const row of rows) {
    const value = score(row);
    const last = top.at(-1);
    if (value > 0 && (top.length < most || (last && value > last.score))) {
      const at = top.findIndex((entry) => value > entry.score);
      top.splice(at === -1 ? top.length : at, 0, { row, score: value });
      top.length = Math.min(top.length, most);
    }
  }
  return top.map((entry) => entry.row);
}

export function busiest(rows: Iterable<ConnectionRow>, most: number): ConnectionRow[] {
  return best(rows, most, (row) => row.requests);
}

/** Unhealthy ones first, then by errors; without either, none. */
export function worst(rows: Iterable<ConnectionRow>, most: number): ConnectionRow[] {
  return best(rows, most, (row) => (shownState(row) === 'unhealthy' ? 1_000_000_000 : 0) + row.errors);
}
