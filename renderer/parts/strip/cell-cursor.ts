/** The cell that the keyboard stands on: by its row and time, so that it stays there while the picture moves on. */
import type { TimeFrame } from '../../base/time-frame.ts';

/** Rows of cells over the same time. */
export interface CellGrid extends TimeFrame {
  /** What a cell stands for. */
  readonly stepMs: number;
  readonly columns: number;
  readonly rows: readonly { readonly key: string }[];
}

export interface CellCursor {
  readonly key: string;
  readonly atMs: number;
}

const page = 10;

export function columnAt({ fromMs, stepMs, columns }: Omit<CellGrid, 'rows'>, atMs: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor((atMs - fromMs) / stepMs)));
}

/** Where a key leads; null for a key that leads nowhere. Without a cursor every key begins at the newest cell of the first row. */
export function afterKey(grid: CellGrid, cursor: CellCursor | null, key: string): CellCursor | null {
  const { rows, fromMs, stepMs, columns } = grid;
  const index = rows.findIndex((row) => row.key === cursor?.key);
  const column = cursor === null ? columns - 1 : columnAt(grid, cursor.atMs);
  const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    PageUp: [-page, 0],
    PageDown: [page, 0],
    Home: [0, -columns],
    End: [0, columns],
  };
  const move = moves[key];
  if (move === undefined) {
    return null;
  }
  const begins = index < 0;
  const row = rows[begins ? 0 : Math.min(rows.length - 1, Math.max(0, index + move[0]))];
  const next = begins ? columns - 1 : Math.min(columns - 1, Math.max(0, column + move[1]));
  // The middle of the cell: a picture whose columns have moved by less than one finds the same one.
  return row ? { key: row.key, atMs: fromMs + (next + 0.5) * stepMs } : null;
}
