/** The last quarter of an hour of every host, as far as there is room: those in trouble first. Nothing before the first check. */
import { useCallback } from 'react';
import type { CellRow, HistoryCells } from '../../../core/contract/history-health.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { viewActions } from '../../actions/view-actions.ts';
import { SkeletonRows } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { stateOf } from '../../parts/strip/cell-look.ts';
import { Strip } from '../../parts/strip/strip.tsx';
import { useConsole, useSession } from '../../store/use-console.ts';
import { LastAnswer, usePolled } from '../../store/use-polled.ts';
import styles from './overview.module.css';
import { words } from './words.ts';

const text = words.timeline;
const spanMs = 15 * 60_000;
const columns = 180;
const againMs = 5_000;
const mostRows = 4;

function troubles({ states }: Pick<CellRow, 'states'>): number {
  return [...states].filter((letter) => !['quiet', 'good'].includes(stateOf(letter))).length;
}

/** The longest in trouble first; of those alike in their own order. */
export function byTrouble(rows: readonly CellRow[]): CellRow[] {
  return rows.toSorted((one, other) => troubles(other) - troubles(one));
}

const lastCells = new LastAnswer<HistoryCells>();

export function HealthTimeline() {
  const { bridge, clock } = useConsole();
  const ask = useCallback(() => {
    const toMs = clock.now();
    return bridge.request('history.cells', { fromMs: toMs - spanMs, toMs, by: 'host', columns });
  }, [bridge, clock]);
  const { value: cells } = usePolled(ask, againMs, lastCells);
  const watched = useSession()?.hosts.length ?? 0;
  const rows = cells?.rows ?? [];
  if (rows.length === 0 && (watched === 0 || cells !== null)) {
    return null;
  }
  return (
    <Panel
      title={text.title}
      aside={text.aside(cells === null ? 0 : cells.total - Math.min(mostRows, rows.length))}
      tools={<ActionButton action={viewActions.health} input={undefined} label={text.open} small look="quiet" />}
      className={styles.timeline}
    >
      {cells === null && <SkeletonRows count={Math.min(mostRows, watched)} height="var(--strip)" />}
      <ul className={styles.strips}>
        {byTrouble(rows)
          .slice(0, mostRows)
          .map((row) => (
            <li key={row.host} className={styles.stripRow}>
              <span className={styles.stripName} title={row.host}>
                {row.host}
              </span>
              <span className={styles.stripCells}>
                <Strip states={row.states} label={text.strip(row.host, troubles(row) * (cells?.stepMs ?? 0))} />
              </span>
            </li>
          ))}
      </ul>
    </Panel>
  );
}
