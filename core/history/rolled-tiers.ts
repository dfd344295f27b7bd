/**
 * Tiers of one subject, each made of the next finer one when its step is over, and the finest of what is told itself. How
 * far each has come is kept on disk. Synchronous: it lives in a thread of its own.
 */
import { checksKeptS, type HistoryTier, stepBegin } from './history-tiers.ts';
import type { Statements } from './statements.ts';

/** Where columns lie in time. */
export interface Columns {
  readonly fromS: number;
  readonly toS: number;
  readonly stepS: number;
}

/** A part of a range, and the tier that tells it: null is what was told itself. */
export interface TierPart {
  readonly tier: HistoryTier | null;
  readonly fromS: number;
  readonly toS: number;
}

/** Nothing is told so often that finer columns would say more. */
const finestS = 5;
/** A tier that is new begins with all that is there already: so much of it with each batch, so that none is held up. */
const mostStepsAtOnce = 60;

export class RolledTiers {
  readonly #statements: Statements;
  readonly #tiers: readonly HistoryTier[];
  readonly #beginMs: () => number | null;

  /** `tiers`: finest first. `beginMs`: of the first thing that was told; null while there is none. */
  constructor(statements: Statements, tiers: readonly HistoryTier[], beginMs: () => number | null) {
    this.#statements = statements;
    this.#tiers = tiers;
    this.#beginMs = beginMs;
  }

  /** Has each step made that is over when second `atS` is written, of the tier before it. Within the caller's transaction. */
  rollUp(atS: number, make: (tier: HistoryTier, finer: HistoryTier | null, beganS: number) => void): void {
    let overS = atS;
    for (const [index, tier] of this.#tiers.entries()) {
      // A tier cannot be further than the one that it is made of.
      const untilS = stepBegin(overS, tier.stepS);
      const fromS = this.#untilS(tier) ?? this.#beginS(index);
      if (fromS === null) {
        return;
      }
      const firstS = stepBegin(fromS, tier.stepS);
      const madeS = Math.min(untilS, firstS + mostStepsAtOnce * tier.stepS);
      for (let beganS = firstS; beganS < madeS; beganS += tier.stepS) {
        make(tier, this.#tiers[index - 1] ?? null, beganS);
      }
      if (fromS !== madeS) {
        // A clock that was set back is followed: what comes now is told by the finer tiers until its turn.
        this.#statements
          .prepare('INSERT OR REPLACE INTO rolled_up (tier, until_s) VALUES (?, ?)')
          .run(tier.table, madeS);
      }
      overS = madeS;
    }
  }

  /** Deletes rows that are past their time, at most `rows` of each tier. Within the caller's transaction. */
  prune(nowS: number, rows: number): void {
    for (const { table, keptS } of this.#tiers) {
      this.#delete(table, nowS - keptS, rows);
    }
  }

  /**
   * Deletes so many seconds from the oldest row on, as far as they are older and at most `rows` of each tier; true when older
   * ones are left. Within the caller's transaction.
   */
  dropOldest(seconds: number, olderThanS: number, rows: number): boolean {
    const untilS = Math.min(this.#oldestS() + seconds, olderThanS);
    for (const { table } of this.#tiers) {
      this.#delete(table, untilS, rows);
    }
    return this.#oldestS() < olderThanS;
  }

  /**
   * The coarsest tier whose step is at most `coarsest` times that of the wanted columns, or the finest that still has the
   * beginning; null: what was told itself. And columns of whole steps of it, at most `columns` of them.
   */
  choose(
    { fromS, toS }: { readonly fromS: number; readonly toS: number },
    columns: number,
    nowS: number,
    coarsest: number,
  ): { readonly tier: HistoryTier | null; readonly columns: Columns } {
    const wantedS = Math.max(1, (toS - fromS) / columns);
    const ageS = nowS - fromS;
    const fit = this.#tiers.findLastIndex(({ stepS }) => stepS <= wantedS * coarsest);
    const isKept = (this.#tiers[fit]?.keptS ?? checksKeptS) >= ageS;
    const reaching = this.#tiers.findIndex(({ keptS }, index) => index > fit && keptS >= ageS);
    const tier = this.#tiers[isKept ? fit : reaching === -1 ? this.#tiers.length - 1 : reaching] ?? null;
    const tierStepS = tier?.stepS ?? finestS;
    let stepS = Math.max(1, Math.ceil(wantedS / tierStepS)) * tierStepS;
    while (Math.ceil(toS / stepS) - Math.floor(fromS / stepS) > columns) {
      stepS += tierStepS;
    }
    return { tier, columns: { fromS: stepBegin(fromS, stepS), toS: Math.ceil(toS / stepS) * stepS, stepS } };
  }

  /** A tier tells up to the end of its last whole step; from there on the finer ones do. */
  parts(tier: HistoryTier | null, fromS: number, untilS: number): TierPart[] {
    const parts: TierPart[] = [];
    let beganS = fromS;
    for (const one of this.#tiers.slice(0, tier ? this.#tiers.indexOf(tier) + 1 : 0).reverse()) {
      const endS = Math.min(untilS, this.#untilS(one) ?? beganS);
      if (endS > beganS) {
        parts.push({ tier: one, fromS: beganS, toS: endS });
        beganS = endS;
      }
    }
    return beganS < untilS ? [...parts, { tier: null, fromS: beganS, toS: untilS }] : parts;
  }

  #beginS(index: number): number | null {
    const finer = this.#tiers[index - 1];
    if (!finer) {
      const beginMs = this.#beginMs();
      return beginMs === null ? null : Math.floor(beginMs / 1_000);
    }
    return this.#firstS(finer.table);
  }

  /** Of all tiers; Infinity while there is none. */
  #oldestS(): number {
    return Math.min(...this.#tiers.map(({ table }) => this.#firstS(table) ?? Infinity));
  }

  #firstS(table: string): number | null {
    const oldest = this.#statements.prepare(`SELECT min(at) AS at FROM ${table}`).get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  #delete(table: string, untilS: number, rows: number): void {
    this.#statements
      .prepare(`DELETE FROM ${table} WHERE at IN (SELECT at FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`)
      .run(untilS, rows);
  }

  #untilS({ table }: HistoryTier): number | null {
    const until = this.#statements.prepare('SELECT until_s FROM rolled_up WHERE tier = ?').get(table)?.until_s;
    return typeof until === 'number' ? until : null;
  }
}
