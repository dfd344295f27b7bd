/** Warm-ups: every run and its cells first, then the runs and cells that changed, coalesced. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { WarmUpFrame } from '../contract/warm-up.ts';
import type { WarmUpRuns } from './console-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

/** A run's rate and time left change while no result comes, and how many are healthy even after its end. */
const tickMs = 1_000;
/** A run may have 20,000 cells: a frame carries at most so many, the next one the rest. */
const frameCells = 2_000;

type RunsView = Pick<WarmUpRuns, 'runs' | 'run' | 'ids' | 'cells' | 'observe'>;

export class LiveWarmUps implements LiveSource<WarmUpFrame> {
  readonly #clock: Clock;
  readonly #warmUps: RunsView;
  readonly #cursors = new Set<WarmUpCursor>();

  constructor(clock: Clock, warmUps: RunsView) {
    this.#clock = clock;
    this.#warmUps = warmUps;
  }

  start(wake: () => void): () => void {
    const stopObserving = this.#warmUps.observe({
      changed: (runId, cellIndex) => {
        for (const cursor of this.#cursors) {
          cursor.changed(runId, cellIndex);
        }
        wake();
      },
    });
    let healthyOfNewest: number | null = null;
    const stopTicking = repeat(this.#clock, tickMs, () => {
      const runs = this.#warmUps.runs();
      const newest = runs.at(-1);
      for (const run of runs) {
        if (run.state === 'running' || (run === newest && run.healthyNow !== healthyOfNewest)) {
          for (const cursor of this.#cursors) {
            cursor.changed(run.id, null);
          }
          wake();
        }
      }
      healthyOfNewest = newest?.healthyNow ?? null;
    });
    return () => {
      stopObserving();
      stopTicking();
    };
  }

  open(): Cursor<WarmUpFrame> {
    const cursor = new WarmUpCursor(this.#warmUps, () => this.#cursors.delete(cursor));
    this.#cursors.add(cursor);
    return cursor;
  }
}

class WarmUpCursor implements Cursor<WarmUpFrame> {
  readonly #warmUps: RunsView;
  readonly close: () => void;
  /** Cells not sent yet, by run; the picture's own cells among them. */
  readonly #cells = new Map<number, Set<number>>();
  readonly #runs = new Set<number>();
  #pictureSent = false;
  #unfinished = false;

  constructor(warmUps: RunsView, close: () => void) {
    this.#warmUps = warmUps;
    this.close = close;
    // The newest run first: it is the one that is looked at.
    for (const run of warmUps.runs().reverse()) {
      this.#cells.set(run.id, new Set(warmUps.cells(run.id).keys()));
    }
  }

  get unfinished(): boolean {
    return this.#unfinished;
  }

  changed(runId: number, cellIndex: number | null): void {
    this.#runs.add(runId);
    if (cellIndex !== null) {
      const cells = this.#cells.get(runId);
      if (cells) {
        cells.add(cellIndex);
      } else {
        this.#cells.set(runId, new Set([cellIndex]));
      }
    }
  }

  pull(): WarmUpFrame | null {
    if (this.#pictureSent && this.#runs.size === 0 && this.#cells.size === 0) {
      return null;
    }
    const reset = !this.#pictureSent;
    this.#pictureSent = true;
    const runs = reset
      ? this.#warmUps.runs()
      : Array.from(this.#runs)
          .sort((a, b) => a - b)
          .flatMap((id) => this.#warmUps.run(id) ?? []);
    this.#runs.clear();
    const cells = this.#takeCells();
    this.#unfinished = this.#cells.size > 0;
    return { reset, runs, remembered: this.#warmUps.ids(), cells };
  }

  #takeCells(): WarmUpFrame['cells'] {
    const taken: WarmUpFrame['cells'] = [];
    let left = frameCells;
    for (const [runId, indexes] of this.#cells) {
      const now = this.#warmUps.cells(runId);
      const indexesNow = [...indexes.values().take(left)];
      const cells = indexesNow.flatMap((index) => now[index] ?? []);
      for (const index of indexesNow) {
        indexes.delete(index);
      }
      left -= indexesNow.length;
      if (cells.length > 0) {
        taken.push({ runId, cells });
      }
      if (indexes.size === 0) {
        this.#cells.delete(runId);
      }
      if (left === 0) {
        break;
      }
    }
    return taken;
  }
}
