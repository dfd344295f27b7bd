/** From the warm-ups to their history: runs as they go on, and each result once it is there. */
import type { Clock } from '../base/clock.ts';
import type { RememberedCell, RememberedWarmUp } from '../contract/history-warm-ups.ts';
import { historyWarmUpCellsInputSchema, historyWarmUpsInputSchema } from '../contract/history-warm-ups.ts';
import { keptWarmUpCells, keptWarmUpRuns, type WarmUpRun } from '../contract/warm-up-run.ts';
import type { RememberedPool } from '../pool/pool-ports.ts';
import type { History } from './history.ts';

/** The runs as the history sees them. */
export interface RememberedWarmUps {
  run(runId: number): WarmUpRun | undefined;
  /** null until it has a result that stays. */
  result(runId: number, cellIndex: number): RememberedCell | null;
  observe(observer: { changed(runId: number, cellIndex: number | null): void }): () => void;
  /** Runs of earlier starts, oldest first; told before the first run of this one. */
  recall(runs: readonly RememberedWarmUp[]): void;
  /** False when there is no such run any more. */
  recallCells(runId: number, cells: readonly RememberedCell[]): boolean;
}

/** Results that are handed over in one second, so that no second is long. */
const toldAtOnce = 500;
/** A history that takes longer to open keeps no start waiting: its runs are not recalled then. */
const recallMs = 1_000;

interface WarmUpJournalOptions {
  readonly warmUps: RememberedWarmUps;
  readonly pool: Pick<RememberedPool, 'onSecond'>;
  readonly history: Pick<History, 'recordWarmUp'>;
  readonly clock: Clock;
  readonly engineStartedAtMs: number;
}

export class WarmUpJournal {
  readonly #options: WarmUpJournalOptions;
  readonly #stops: readonly (() => void)[];
  /** By run: cells that may have a result that was not told. */
  readonly #changed = new Map<number, Set<number>>();

  /** Listens at once. */
  constructor(options: WarmUpJournalOptions) {
    this.#options = options;
    this.#stops = [
      options.warmUps.observe({ changed: (runId, cellIndex) => this.#noteChange(runId, cellIndex) }),
      options.pool.onSecond(() => this.#tell(toldAtOnce)),
    ];
  }

  /** Tells what is left. */
  close(): void {
    for (const stop of this.#stops) {
      stop();
    }
    this.#tell(Number.POSITIVE_INFINITY);
  }

  #noteChange(runId: number, cellIndex: number | null): void {
    const cells = this.#changed.get(runId) ?? new Set();
    this.#changed.set(runId, cells);
    if (cellIndex !== null) {
      cells.add(cellIndex);
    }
  }

  #tell(most: number): void {
    const { warmUps, history, clock, engineStartedAtMs } = this.#options;
    let left = most;
    for (const [runId, indexes] of this.#changed) {
      if (left === 0) {
        return;
      }
      const taken = [...indexes.values().take(left)];
      left -= taken.length;
      for (const index of taken) {
        indexes.delete(index);
      }
      if (indexes.size === 0) {
        this.#changed.delete(runId);
      }
      const run = warmUps.run(runId);
      // One of an earlier start is there already; one that was forgotten has been told.
      if (run && run.startedAtMs >= engineStartedAtMs) {
        const cells = taken.flatMap((index) => warmUps.result(runId, index) ?? []);
        history.recordWarmUp({ engineStartedAtMs, atMs: clock.epochMs(), run, cells });
      }
    }
  }
}

/**
 * Gives back the runs of earlier starts, so that ids go on; their cells follow when this has resolved, newest run first.
 * A history that cannot be read, or not soon, costs these runs alone.
 */
export async function recallWarmUps(
  history: Pick<History, 'warmUps' | 'warmUpCells'>,
  warmUps: RememberedWarmUps,
  clock: Clock,
): Promise<void> {
  const patience = Promise.withResolvers<null>();
  const timer = clock.after(recallMs, () => patience.resolve(null));
  const wish = historyWarmUpsInputSchema.parse({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: keptWarmUpRuns });
  const found = await Promise.race([history.warmUps(wish).catch(() => null), patience.promise]);
  timer.cancel();
  if (!found) {
    return;
  }
  // Ids begin anew where a history could not be read: of two runs the newer one has it.
  const newest = [...Map.groupBy(found.warmUps, ({ run }) => run.id).values()].flatMap(([first]) => first ?? []);
  warmUps.recall(newest.toSorted((one, other) => one.run.id - other.run.id));
  void recallCells(history, warmUps, newest);
}

async function recallCells(
  history: Pick<History, 'warmUpCells'>,
  warmUps: RememberedWarmUps,
  newestFirst: readonly RememberedWarmUp[],
): Promise<void> {
  let left = keptWarmUpCells;
  try {
    for (const { key, run } of newestFirst) {
      left -= run.total;
      if (left < 0) {
        return;
      }
      for (let offset = 0; offset < run.total; offset += toldAtOnce) {
        const wish = historyWarmUpCellsInputSchema.parse({ key, offset, limit: toldAtOnce });
        if (!warmUps.recallCells(run.id, (await history.warmUpCells(wish)).cells)) {
          break;
        }
      }
    }
  } catch {
    // The history says itself that it cannot be read.
  }
}
