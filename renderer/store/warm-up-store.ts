/** Warm-up runs and the cells of each. Cells are drawn on a canvas, so they live in plain arrays. */
import type { ConsoleApi } from '../../core/contract/index.ts';
import type { WarmUpFrame } from '../../core/contract/warm-up.ts';
import type { WarmUpCell, WarmUpRun } from '../../core/contract/warm-up-run.ts';
import { Observable } from '../base/observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

export class WarmUpStore {
  readonly changes = new Observable();
  readonly #stream: RetainedStream<'warmUp'>;
  readonly #cells = new Map<number, WarmUpCell[]>();
  #runs: readonly WarmUpRun[] = [];
  #loaded = false;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#stream = new RetainedStream(api, 'warmUp', visibility, (frame) => this.apply(frame));
  }

  readonly retain = (): (() => void) => this.#stream.retain();

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Newest first. A new array whenever a run changes. */
  readonly runs = (): readonly WarmUpRun[] => this.#runs;

  /** By index; holes where nothing was said yet. The array is changed in place. */
  cells(runId: number): readonly (WarmUpCell | undefined)[] {
    return this.#cells.get(runId) ?? [];
  }

  apply(frame: WarmUpFrame): void {
    const runs = new Map(frame.reset ? [] : this.#runs.map((run) => [run.id, run]));
    if (frame.reset) {
      this.#cells.clear();
    }
    for (const run of frame.runs) {
      runs.set(run.id, run);
    }
    for (const { runId, cells } of frame.cells) {
      let known = this.#cells.get(runId);
      if (!known) {
        known = [];
        this.#cells.set(runId, known);
      }
      for (const cell of cells) {
        known[cell.index] = cell;
      }
    }
    const remembered = new Set(frame.remembered);
    for (const id of [...runs.keys(), ...this.#cells.keys()]) {
      if (!remembered.has(id)) {
        runs.delete(id);
        this.#cells.delete(id);
      }
    }
    this.#runs = [...runs.values()].sort((a, b) => b.id - a.id);
    this.#loaded = true;
    this.changes.changed();
  }
}
