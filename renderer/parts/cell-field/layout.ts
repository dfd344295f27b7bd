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

const labelledWidth = 132;
const labelledHeight = 26;

/** How cells with their names in them fill a rectangle; null where they do not fit. */
export function layoutLabelled(count: number, width: number, height: number): CellBoxes | null {
  const columns = Math.max(1, Math.floor(width / labelledWidth));
  const rows = Math.ceil(count / columns);
  return rows * labelledHeight <= height
    ? { columns, width: Math.floor(width / columns), height: labelledHeight }
    : null;
}

/** Cells side by side, row by row; CSS pixels. */
export interface CellBoxes {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

export interface CellBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As they are drawn: with their names where all of them fit. */
export function boxesOf(count: number, width: number, height: number, largest: number, isNamed: boolean): CellBoxes {
  const labelled = isNamed ? layoutLabelled(count, width, height) : null;
  if (labelled) {
    return labelled;
  }
  const { columns, pitch } = layoutCells(count, width, height, largest);
  return { columns, width: pitch, height: pitch };
}

export function placeOf({ columns, width, height }: CellBoxes, index: number): CellBox {
  return { x: (index % columns) * width, y: Math.floor(index / columns) * height, width, height };
}

/** Where a key leads from a cell (null: from none); null: it is no key of the field. It stays where no cell is beyond. */
export function cellAfterKey({ columns }: CellBoxes, count: number, from: number | null, key: string): number | null {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns } as const;
  const last = count - 1;
  if (count === 0) {
    return null;
  }
  if (key === 'Home' || key === 'End') {
    return key === 'Home' ? 0 : last;
  }
  if (!(key in steps)) {
    return null;
  }
  const next = from === null ? 0 : from + steps[key as keyof typeof steps];
  return next < 0 || next > last ? from : next;
}

/** The index of the cell at a point; null outside. */
export function cellAt(layout: CellBoxes, count: number, x: number, y: number): number | null {
  const column = Math.floor(x / layout.width);
  const index = Math.floor(y / layout.height) * layout.columns + column;
  return column >= 0 && column < layout.columns && index >= 0 && index < count ? index : null;
}
