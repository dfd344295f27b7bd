/** What came of each connection of a warm-up that had ended, as the history has it. */
import type { RememberedCell, RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import type { ConsoleBridge } from '../../bridge/console-bridge.ts';

/** Of one answer. */
const cellsAtOnce = 2_000;

/** In the order of their index; those that had no result when the run was told last are left out. */
export async function cellsThen(
  bridge: Pick<ConsoleBridge, 'request'>,
  { key, run: { total } }: RememberedWarmUp,
): Promise<readonly RememberedCell[]> {
  const cells: RememberedCell[] = [];
  for (let offset = 0; offset < total; offset += cellsAtOnce) {
    const part = await bridge.request('history.warmUpCells', { key, offset, limit: cellsAtOnce });
    cells.push(...part.cells);
  }
  return cells;
}
