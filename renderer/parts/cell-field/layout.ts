/** How many cells of which size fill a rectangle: as large as they can be, with a gap between. */
export interface CellLayout {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell with its gap, CSS pixels. */
  readonly pitch: number;
  /** Side of what is painted. */
  readonly side: number;
}

/** A field as wide as a large screen may have larger cells: it is read from further away. */
const wideField = 1_100;
const wideScale = 1.7;

export function layoutCells(count: number, width: number, height: number, largest: number): CellLayout {
  for (let pitch = width > wideField ? Math.round(largest * wideScale) : largest; pitch > 3; pitch -= 1) {
    const columns = Math.max(1, Math.floor(width / pitch));
    const rows = Math.ceil(count / columns);
    if (rows * pitch <= height) {
      return { columns, rows, pitch, side: pitch > 6 ? pitch - 2 : pitch - 1 };
    }
  }
  const columns = Math.max(1, Math.floor(width / 3));
  return { columns, rows: Math.ceil(count / columns), pitch: 3, side: 2 };
}

/** Cells that are wide enough to be read. */
export interface LabelledLayout {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

const labelledWidth = 132;
const labelledHeight = 26;

/** How cells with their names in them fill a rectangle; null where they do not fit. */
export function layoutLabelled(count: number, width: number, height: number): LabelledLayout | null {
  const columns = Math.max(1, Math.floor(width / labelledWidth));
  const rows = Math.ceil(count / columns);
  return rows * labelledHeight <= height
    ? { columns, width: Math.floor(width / columns), height: labelledHeight }
    : null;
}

/** The index of the cell at a point; null outside. */
export function cellAt(
  layout: { readonly columns: number; readonly width: number; readonly height: number },
  count: number,
  x: number,
  y: number,
): number | null {
  const column = Math.floor(x / layout.width);
  const index = Math.floor(y / layout.height) * layout.columns + column;
  return column >= 0 && column < layout.columns && index >= 0 && index < count ? index : null;
}
