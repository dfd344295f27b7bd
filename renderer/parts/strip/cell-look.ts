/** How a cell of a strip looks: each state has a shape and a height of its own, so that it can be told without its colour. */
import { type CellState, cellStates } from '../../../core/contract/history-health.ts';

export interface StripLook {
  /** A colour token. */
  readonly color: `--${string}`;
  /** What is painted of the cell's height: from, to; 0 is its top. */
  readonly parts: readonly (readonly [from: number, to: number])[];
}

/** What is well is low; what is not reaches higher, and is broken where it is out of use. */
export const stripLooks: Readonly<Record<CellState, StripLook>> = {
  quiet: { color: '--vacant', parts: [[0.44, 0.6]] },
  good: { color: '--good-deep', parts: [[0.14, 0.86]] },
  failing: {
    color: '--warn',
    parts: [
      [0, 0.56],
      [0.72, 1],
    ],
  },
  probing: { color: '--cool', parts: [[0.4, 1]] },
  down: { color: '--bad', parts: [[0, 1]] },
  ejected: {
    color: '--bad',
    parts: [
      [0, 0.3],
      [0.7, 1],
    ],
  },
  blocked: { color: '--violet', parts: [[0, 0.42]] },
};

const stateOfLetter = new Map<string, CellState>(
  Object.entries(cellStates).map(([state, letter]) => [letter, state as CellState]),
);

/** The state of a letter; what is not known is quiet. */
export function stateOf(letter: string | undefined): CellState {
  return stateOfLetter.get(letter ?? '') ?? 'quiet';
}
