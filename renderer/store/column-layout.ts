/** Which columns of the connections table are shown, in which order, how wide: what the operator chose, made whole. */
import { type ConnectionColumn, connectionColumns } from './connection-order.ts';

export interface ColumnLayout {
  /** Columns in the operator's order; those it does not name follow in the table's own. */
  readonly columnOrder: readonly ConnectionColumn[];
  readonly hiddenColumns: readonly string[];
  /** Pixels, of columns whose width was set by hand. */
  readonly columnWidths: Readonly<Partial<Record<ConnectionColumn, number>>>;
}

export const narrowestColumnPx = 44;
export const widestColumnPx = 640;

export function isConnectionColumn(id: string): id is ConnectionColumn {
  return connectionColumns.some((column) => column === id);
}

/** All columns, shown or not; names that a version before this one kept are left out. */
export function columnsInOrder(order: readonly ConnectionColumn[]): readonly ConnectionColumn[] {
  return [...new Set([...order.filter(isConnectionColumn), ...connectionColumns])];
}

export function shownColumns({ columnOrder, hiddenColumns }: ColumnLayout): readonly ConnectionColumn[] {
  return columnsInOrder(columnOrder).filter((column) => !hiddenColumns.includes(column));
}

/** The order with the column at the place of the other one; those between make room. */
export function withColumnAt(
  order: readonly ConnectionColumn[],
  column: ConnectionColumn,
  place: ConnectionColumn,
): readonly ConnectionColumn[] {
  const all = columnsInOrder(order);
  const index = all.indexOf(place);
  const others = all.filter((name) => name !== column);
  return [...others.slice(0, index), column, ...others.slice(index)];
}

/** The order with the column one place further among those that are shown; as it was at either end. */
export function withColumnMoved(
  layout: ColumnLayout,
  column: ConnectionColumn,
  by: -1 | 1,
): readonly ConnectionColumn[] {
  const shown = shownColumns(layout);
  const place = shown[shown.indexOf(column) + by];
  return place === undefined ? layout.columnOrder : withColumnAt(layout.columnOrder, column, place);
}

export function clampWidth(px: number): number {
  return Math.round(Math.min(widestColumnPx, Math.max(narrowestColumnPx, px)));
}
