/** The table's columns: how wide, how aligned, and what a cell shows. */
import { createColumnHelper, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { IpMark } from '../../parts/ip-mark/ip-mark.tsx';
import type { ColumnLayout } from '../../store/column-layout.ts';
import { type ConnectionColumn, connectionColumns } from '../../store/connection-order.ts';
import { useIpFlag, useRowSecond } from '../../store/use-console.ts';
import { count, millisecondsFigure, none, stopwatch } from '../../words/format.ts';
import styles from './connections.module.css';
import { words } from './words.ts';

export interface ColumnLook {
  /** A track of the grid. */
  readonly track: string;
  readonly numeric: boolean;
  /** The first click sorts the largest first. */
  readonly largestFirst: boolean;
  /** `endedAtMs`: when a connection that is gone was closed; its times stand still. */
  readonly cell: (row: ConnectionRow, endedAtMs: number | null) => ReactNode;
}

/** Ticks by itself once a second; nothing else of the row is drawn again. */
function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  return stopwatch(useRowSecond() - sinceMs);
}

/** The address, marked when the automaton or a rule keeps it out of use. */
function IpCell({ row }: { readonly row: ConnectionRow }) {
  const flag = useIpFlag(row);
  return (
    <>
      <span className={styles.mono}>{row.ip}</span>
      {flag !== null && (
        <span className={styles.ipMark}>
          <IpMark flag={flag} />
        </span>
      )}
    </>
  );
}

function elapsed(sinceMs: number | null, endedAtMs: number | null): ReactNode {
  if (sinceMs === null) {
    return <span className={styles.dim}>{none}</span>;
  }
  return endedAtMs === null ? <Elapsed sinceMs={sinceMs} /> : stopwatch(endedAtMs - sinceMs);
}

const dimZero = (value: number): ReactNode => (value === 0 ? <span className={styles.dim}>{none}</span> : count(value));

const number = (track: string, cell: ColumnLook['cell']): ColumnLook => ({
  track,
  numeric: true,
  largestFirst: true,
  cell,
});

const text = (track: string, cell: ColumnLook['cell']): ColumnLook => ({
  track,
  numeric: false,
  largestFirst: false,
  cell,
});

/** The state cell is drawn by the row itself, for a departed row has none. */
export const columnLooks: Readonly<Record<ConnectionColumn, ColumnLook>> = {
  state: text('100px', () => null),
  ip: text('minmax(124px, 1.5fr)', (row) => <IpCell row={row} />),
  host: text('minmax(110px, 1.4fr)', (row) => row.host),
  protocol: text('calc(5 * var(--size-body))', (row) => row.protocol ?? <span className={styles.dim}>{none}</span>),
  profile: text('minmax(84px, 1fr)', (row) => <span className={styles.soft}>{row.profile}</span>),
  age: number('62px', (row, endedAtMs) => elapsed(row.createdAtMs, endedAtMs)),
  idle: number('56px', (row, endedAtMs) => elapsed(row.idleSinceMs, endedAtMs)),
  requests: number('72px', (row) => dimZero(row.requests)),
  errors: number('56px', (row) =>
    row.errors > 0 ? <span className={styles.bad}>{count(row.errors)}</span> : dimZero(0),
  ),
  tcp: number('60px', (row) => millisecondsFigure(row.tcpMs)),
  tls: number('66px', (row) => (
    <>
      {row.resumed && (
        <abbr className={styles.resumed} title={words.resumed}>
          {words.resumedMark}
        </abbr>
      )}
      {millisecondsFigure(row.tlsMs)}
    </>
  )),
  response: number('66px', (row) => millisecondsFigure(row.lastResponseMs)),
};

/** The tracks of the grid: as wide as the operator made them, else as wide as the table likes. */
export function tracksOf(columns: readonly ConnectionColumn[], widths: ColumnLayout['columnWidths']): string {
  return columns.map((column) => (widths[column] ? `${widths[column]}px` : columnLooks[column].track)).join(' ');
}

export const connectionFeatures = tableFeatures({ rowSortingFeature });

const helper = createColumnHelper<typeof connectionFeatures, ConnectionRow>();

/** Rows are ordered outside React, and columns are laid out by {@link ColumnLayout}: the table model sorts. */
export const columnModel = helper.columns(
  connectionColumns.map((id) => helper.accessor('id', { id, sortDescFirst: columnLooks[id].largestFirst })),
);
