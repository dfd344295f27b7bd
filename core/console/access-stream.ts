/** The access lists: a complete picture at each change; when only their hits have changed, at most once a second. */
import type { Clock } from '../base/clock.ts';
import type { AccessFrame } from '../contract/access.ts';
import type { AccessLists } from './console-ports.ts';
import { repeat } from './repeat.ts';
import { type Cursor, framePauseMs, type LiveSource } from './stream-pump.ts';

const hitsIntervalMs = 1_000;
/** A warm-up adds thousands of automatic entries within seconds; a picture of many entries is not sent ten times a second. */
const longestPauseMs = 1_000;
const pausePerEntryMs = 0.1;

/** How long to wait after this picture before the next one. */
export function accessPauseMs({ entries }: AccessFrame): number {
  return Math.min(longestPauseMs, Math.max(framePauseMs, entries.length * pausePerEntryMs));
}

export class LiveAccess implements LiveSource<AccessFrame> {
  readonly #clock: Clock;
  readonly #lists: AccessLists;
  /** Rises at each change that a listener was told of: of the entries, the mode, or the file's faults. */
  #changes = 0;

  constructor(clock: Clock, lists: AccessLists) {
    this.#clock = clock;
    this.#lists = lists;
  }

  start(wake: () => void): () => void {
    const stopListening = this.#lists.onChange(() => {
      this.#changes += 1;
      wake();
    });
    const stopTicking = repeat(this.#clock, hitsIntervalMs, wake);
    return () => {
      stopListening();
      stopTicking();
    };
  }

  open(): Cursor<AccessFrame> {
    let seenChanges = -1;
    let seenHits = 0;
    let lastFrameMs = 0;
    return {
      unfinished: false,
      pull: () => {
        const nowMs = this.#clock.monotonicMs();
        const hitsAreOld = this.#lists.totalHits !== seenHits && nowMs - lastFrameMs >= hitsIntervalMs;
        if (seenChanges === this.#changes && !hitsAreOld) {
          return null;
        }
        seenChanges = this.#changes;
        seenHits = this.#lists.totalHits;
        lastFrameMs = nowMs;
        return this.#lists.frame();
      },
      close: () => {},
    };
  }
}
