/** Load runs: the one that goes on, and those that are remembered. */
import type { ConsoleApi, StreamFrame } from '../../core/contract/index.ts';
import { keptLoadRuns, type LoadRun } from '../../core/contract/load-run.ts';
import { Observable } from '../base/observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

export class LoadStore {
  readonly changes = new Observable();
  readonly #stream: RetainedStream<'loadRuns'>;
  #runs: readonly LoadRun[] | null = null;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#stream = new RetainedStream(api, 'loadRuns', visibility, (frame) => this.apply(frame));
  }

  readonly retain = (): (() => void) => this.#stream.retain();

  /** Newest first; a new array whenever a run changes. null before the first picture. */
  readonly runs = (): readonly LoadRun[] | null => this.#runs;

  apply({ reset, runs }: StreamFrame<'loadRuns'>): void {
    const known = new Map((reset ? [] : (this.#runs ?? [])).map((run) => [run.id, run]));
    for (const run of runs) {
      known.set(run.id, run);
    }
    // The one that goes on is remembered beside those that have ended.
    this.#runs = [...known.values()].sort((a, b) => b.id - a.id).slice(0, keptLoadRuns + 1);
    this.changes.changed();
  }
}
