/** The cells of all hosts, and of what is opened below them, asked for again as time goes on. */
import { useCallback } from 'react';
import type { HistoryCells } from '../../../core/contract/history-health.ts';
import { againAfterMs, frameOf, useHealthRange } from '../../store/health-range.ts';
import { useConsole } from '../../store/use-console.ts';
import { LastAnswer, type Polled, usePolled } from '../../store/use-polled.ts';
import { type CellPicture, opensTo, pictureOf, rowKey } from './cell-rows.ts';

const mostRows = 500;
const lastCells = new LastAnswer<CellPicture>();

export function useCells(columns: number): Polled<CellPicture> {
  const { bridge, clock } = useConsole();
  const range = useHealthRange((state) => state.range);
  const opened = useHealthRange((state) => state.opened);
  const ask = useCallback(async () => {
    const shared = { ...frameOf(range, clock.now()), columns, limit: mostRows };
    const hosts = await bridge.request('history.cells', { ...shared, by: 'host' });
    const parts = new Map<string, HistoryCells>();
    let level = hosts.rows;
    while (level.length > 0) {
      const answers = await Promise.all(
        level
          .filter((row) => opened.includes(rowKey(row)))
          .map(async (row) => {
            const by = opensTo(row) ?? 'ip';
            const part = await bridge.request('history.cells', { ...shared, host: row.host, prefix: row.prefix, by });
            parts.set(rowKey(row), part);
            return part.rows;
          }),
      );
      level = answers.flat().filter(({ ip }) => ip === null);
    }
    return pictureOf(hosts, parts);
  }, [bridge, clock, range, opened, columns]);
  return usePolled(ask, againAfterMs(range), lastCells);
}
