/** What came of each connection of a warm-up that had ended, as the history has it. */
import type { RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import type { WarmUpCell } from '../../../core/contract/warm-up-run.ts';
import type { ConsoleBridge } from '../../bridge/console-bridge.ts';

/** Of one answer. */
const cellsAtOnce = 2_000;

/**
 * In the order of their index; those that had no result when the run was told last are left out. The connections are told
 * without their numbers: an engine that was started later has given them to others.
 */
export async function cellsThen(
  bridge: Pick<ConsoleBridge, 'request'>,
  { key, run: { total } }: RememberedWarmUp,
): Promise<readonly WarmUpCell[]> {
  const cells: WarmUpCell[] = [];
  for (let offset = 0; offset < total; offset += cellsAtOnce) {
    const part = await bridge.request('history.warmUpCells', { key, offset, limit: cellsAtOnce });
    cells.push(...part.cells.map(({ port: _, ...cell }) => ({ ...cell, connectionId: null })));
  }
  return cells;
}
