/** Checks and states of addresses, added up by address and column. */
import { type CellState, cellStates } from '../contract/history-health.ts';
import { TextBuilder } from './text-builder.ts';

/** States that an address had at some time of a cell, as bits: this way they are added up by `or`. */
export const stateBits: Readonly<Record<string, number>> = { probing: 1, ejected: 2, blocked: 4 };

const blockedBit = stateBits.blocked ?? 0;

const bestToWorst = Object.keys(cellStates) as CellState[];
const rankOf = Object.fromEntries(bestToWorst.map((state, rank) => [state, rank])) as Record<CellState, number>;
const letterCodes = Object.values(cellStates).map((letter) => letter.charCodeAt(0));

/** The digits of the sum over any number of addresses that fits a grid, and a space. */
const countBytes = 16;

/** Counts are held up to this; a column of an address with more of them says this much. */
const mostCounted = 0xffff;

export class CellGrid {
  readonly columns: number;
  readonly #endpoints: number[] = [];
  /** By endpoint its row, plus one. Endpoints have small numbers. */
  #rows = new Int32Array(256);
  #states: Uint8Array<ArrayBuffer>;
  #checks: Uint16Array<ArrayBuffer>;
  #failures: Uint16Array<ArrayBuffer>;

  constructor(columns: number, rows = 64) {
    this.columns = columns;
    this.#states = new Uint8Array(rows * columns);
    this.#checks = new Uint16Array(rows * columns);
    this.#failures = new Uint16Array(rows * columns);
  }

  get endpoints(): readonly number[] {
    return this.#endpoints;
  }

  add(endpoint: number, column: number, states: number, checks: number, failures: number): void {
    const cell = this.#rowOf(endpoint) * this.columns + column;
    this.#states[cell] = (this.#states[cell] ?? 0) | states;
    this.#checks[cell] = Math.min(mostCounted, (this.#checks[cell] ?? 0) + checks);
    this.#failures[cell] = Math.min(mostCounted, (this.#failures[cell] ?? 0) + failures);
  }

  /** Of one address and column; null where nothing is known. */
  cell(endpoint: number, column: number): { states: number; checks: number; failures: number } | null {
    const row = (this.#rows[endpoint] ?? 0) - 1;
    if (row < 0) {
      return null;
    }
    const cell = row * this.columns + column;
    const [states, checks, failures] = [this.#states[cell] ?? 0, this.#checks[cell] ?? 0, this.#failures[cell] ?? 0];
    return states === 0 && checks === 0 ? null : { states, checks, failures };
  }

  /**
   * These IPs, each with its endpoints, as one row: in each column what the checks of all of them together say, or what the
   * automaton made of any of them, whichever is worse; and their sums. What a person has blocked is nobody's trouble while
   * others may be dialled: it would hide theirs, so a column is blocked when all IPs are.
   */
  join(ips: readonly (readonly number[])[]): { states: string; checks: string; failures: string } {
    const rowsOf = ips.map((endpoints) =>
      endpoints.map((endpoint) => (this.#rows[endpoint] ?? 0) - 1).filter((row) => row >= 0),
    );
    const states = this.#text(1);
    const checks = this.#text(countBytes);
    const failures = this.#text(countBytes);
    for (let column = 0; column < this.columns; column += 1) {
      let met = 0;
      let checked = 0;
      let failed = 0;
      let blocked = 0;
      for (const rows of rowsOf) {
        let isBlocked = false;
        for (const row of rows) {
          const cell = row * this.columns + column;
          const cellStates = this.#states[cell] ?? 0;
          isBlocked ||= (cellStates & blockedBit) !== 0;
          met |= cellStates;
          checked += this.#checks[cell] ?? 0;
          failed += this.#failures[cell] ?? 0;
        }
        blocked += Number(isBlocked);
      }
      const isAllBlocked = blocked > 0 && blocked === rowsOf.length;
      states.letter(letterCodes[isAllBlocked ? rankOf.blocked : rank(met, checked, failed)] ?? 0);
      checks.number(checked);
      failures.number(failed);
    }
    return { states: states.read(), checks: checks.read(), failures: failures.read() };
  }

  #text(bytesOfColumn: number): TextBuilder {
    return new TextBuilder(this.columns * bytesOfColumn);
  }

  #rowOf(endpoint: number): number {
    const known = this.#rows[endpoint] ?? 0;
    if (known > 0) {
      return known - 1;
    }
    const row = this.#endpoints.push(endpoint) - 1;
    if (endpoint >= this.#rows.length) {
      this.#rows = grown(this.#rows, new Int32Array(endpoint * 2));
    }
    this.#rows[endpoint] = row + 1;
    const needed = (row + 1) * this.columns;
    if (needed > this.#states.length) {
      this.#states = grown(this.#states, new Uint8Array(needed * 2));
      this.#checks = grown(this.#checks, new Uint16Array(needed * 2));
      this.#failures = grown(this.#failures, new Uint16Array(needed * 2));
    }
    return row;
  }
}

/** Of what the addresses did and what the automaton made of them. */
function rank(states: number, checks: number, failures: number): number {
  let worst = 0;
  if (checks > 0) {
    worst = failures === 0 ? rankOf.good : failures < checks ? rankOf.failing : rankOf.down;
  }
  if (states === 0) {
    return worst;
  }
  for (const [state, bit] of stateRanks) {
    if ((states & bit) !== 0) {
      worst = Math.max(worst, state);
    }
  }
  return worst;
}

const stateRanks = [
  [rankOf.probing, stateBits.probing ?? 0],
  [rankOf.ejected, stateBits.ejected ?? 0],
] as const;

function grown<Numbers extends Uint8Array | Uint16Array | Int32Array>(before: Numbers, after: Numbers): Numbers {
  after.set(before);
  return after;
}
