/** How finely the past is kept, and for how long; the figures are the design's ("History"). */
import { denseMomentsMs } from '../contract/history-moment.ts';

export interface HistoryTier {
  readonly table: string;
  /** Seconds in one row; each tier's is a multiple of the one before. */
  readonly stepS: number;
  readonly keptS: number;
}

const hourS = 3_600;
const dayS = 24 * hourS;

/** Finest first. */
export const historyTiers: readonly HistoryTier[] = [
  { table: 'samples_1s', stepS: 1, keptS: 2 * hourS },
  { table: 'samples_10s', stepS: 10, keptS: dayS },
  { table: 'samples_1min', stepS: 60, keptS: 7 * dayS },
  { table: 'samples_10min', stepS: 600, keptS: 90 * dayS },
];

/** Every single check; beyond, the cells tell of them. */
export const checksKeptS = 7 * dayS;

/** Cells of each address, made of checks and states, finest first. */
export const cellTiers: readonly HistoryTier[] = [
  { table: 'cells_1min', stepS: 60, keptS: 2 * dayS },
  { table: 'cells_5min', stepS: 300, keptS: 7 * dayS },
  { table: 'cells_30min', stepS: 1_800, keptS: 90 * dayS },
];

/** Failures of each address by their class, made of checks, finest first. */
export const errorTiers: readonly HistoryTier[] = [
  { table: 'errors_1min', stepS: 60, keptS: 2 * dayS },
  { table: 'errors_5min', stepS: 300, keptS: 7 * dayS },
  { table: 'errors_30min', stepS: 1_800, keptS: 90 * dayS },
];

/** The time machine: second by second, and beyond one whole picture each ten minutes. */
export const deltasKeptS = denseMomentsMs / 1_000;
export const momentsKeptS = 7 * dayS;
export const thinnedStepS = 600;

/** Events and the lives of connections; what is older is deleted. */
export const recordsKeptS = 90 * dayS;
/** Of the file, with everything in it. */
export const largestFileBytes = 1_000_000_000;

/** The beginning of the step that `atS` lies in. */
export function stepBegin(atS: number, stepS: number): number {
  return Math.floor(atS / stepS) * stepS;
}
