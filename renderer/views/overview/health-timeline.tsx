/** The last quarter of an hour of every host, as far as there is room: those in trouble first. Nothing before the first check. */
import { useCallback } from 'react';
import type { CellRow, HistoryCells } from '../../../core/contract/history-health.ts';
import { ActionButton, useAction } from '../../actions/use-action.tsx';
import { viewActions } from '../../actions/view-actions.ts';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { SkeletonRows } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { cellOf } from '../../parts/strip/cell.ts';
import { stateOf } from '../../parts/strip/cell-look.ts';
import { Strip } from '../../parts/strip/strip.tsx';
import { StripField } from '../../parts/strip/strip-field.tsx';
import { zoomTo } from '../../store/health-range.ts';
import { useConsole, useSession } from '../../store/use-console.ts';
import { LastAnswer, usePolled } from '../../store/use-polled.ts';
import { cellSaid } from '../../words/cell-said.ts';
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

/** The picture of a moment: the minute before it, and the minute after as far as it has passed. */
const aboutMs = 60_000;

function Strips({
  cells,
  rows,
  crossHair,
}: {
  readonly cells: HistoryCells;
  readonly rows: readonly CellRow[];
  readonly crossHair: CrossHair;
}) {
  const { clock } = useConsole();
  const openHealth = useAction(viewActions.health);
  const { fromMs, stepMs, columns } = cells;
  const toMs = fromMs + stepMs * columns;
  const open = (column: number): void => {
    const atMs = fromMs + column * stepMs;
    zoomTo({ fromMs: atMs - aboutMs, toMs: Math.min(clock.now(), atMs + stepMs + aboutMs) });
    void openHealth(undefined);
  };
  return (
    <div className={styles.strips}>
      <ul>
        {rows.map((row) => (
          <li key={row.host} className={styles.stripRow}>
            <span className={styles.stripName} title={row.host}>
              {row.host}
            </span>
            <span className={styles.stripCells}>
              <Strip states={row.states} label={text.strip(row.host, troubles(row) * stepMs)} />
            </span>
          </li>
        ))}
      </ul>
      <StripField
        grid={{ fromMs, toMs, stepMs, columns, rows: rows.map(({ host }) => ({ key: host })) }}
        crossHair={crossHair}
        label={text.cells}
        describe={(index, column) => {
          const row = rows[index];
          return row ? cellSaid(row, cellOf(cells, row, column)) : '';
        }}
        onOpen={(_row, column) => open(column)}
      />
    </div>
  );
}

export function HealthTimeline({ crossHair }: { readonly crossHair: CrossHair }) {
  const { bridge, clock } = useConsole();
  const ask = useCallback(() => {
    const toMs = clock.now();
    return bridge.request('history.cells', { fromMs: toMs - spanMs, toMs, by: 'host', columns });
  }, [bridge, clock]);
  const { value: cells } = usePolled(ask, againMs, lastCells);
  const watched = useSession()?.hosts.length ?? 0;
  const shown = byTrouble(cells?.rows ?? []).slice(0, mostRows);
  if (shown.length === 0 && (watched === 0 || cells !== null)) {
    return null;
  }
  return (
    <Panel
      title={text.title}
      aside={text.aside(cells === null ? 0 : cells.total - shown.length)}
      tools={<ActionButton action={viewActions.health} input={undefined} label={text.open} small look="quiet" />}
      className={styles.timeline}
    >
      {cells === null && <SkeletonRows count={Math.min(mostRows, watched)} height="var(--strip)" />}
      {cells !== null && <Strips cells={cells} rows={shown} crossHair={crossHair} />}
    </Panel>
  );
}
