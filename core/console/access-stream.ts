/** The access lists: a picture in frames, then what changed; what only has new hits is sent at most once a second. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { AccessEntry, AccessFrame } from '../contract/access.ts';
import { accessKey, mostFileIssues } from '../contract/access.ts';
import type { AccessLists } from './console-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

const hitsIntervalMs = 1_000;
/** Entries in one frame, so that no single message blocks its reader; what does not fit comes with the next one. */
export const accessFrameEntries = 2_000;

export class LiveAccess implements LiveSource<AccessFrame> {
  readonly #clock: Clock;
  readonly #lists: AccessLists;
  readonly #cursors = new Set<AccessCursor>();
  /** Rises at each change that a listener was told of: of the entries, the mode, or the file's faults. */
  #changes = 0;

  constructor(clock: Clock, lists: AccessLists) {
    this.#clock = clock;
    this.#lists = lists;
  }

  start(wake: () => void): () => void {
    const stopObserving = this.#lists.observe({
      changed: (key) => {
        for (const cursor of this.#cursors) {
          cursor.changed(key);
        }
      },
    });
    const stopListening = this.#lists.onChange(() => {
      this.#changes += 1;
      wake();
    });
    const stopTicking = repeat(this.#clock, hitsIntervalMs, wake);
    return () => {
      stopObserving();
      stopListening();
      stopTicking();
    };
  }

  open(): Cursor<AccessFrame> {
    const cursor = new AccessCursor(
      this.#clock,
      this.#lists,
      () => this.#changes,
      () => this.#cursors.delete(cursor),
    );
    this.#cursors.add(cursor);
    return cursor;
  }
}

class AccessCursor implements Cursor<AccessFrame> {
  readonly #clock: Clock;
  readonly #lists: AccessLists;
  readonly #changes: () => number;
  readonly close: () => void;
  /** Keys of the picture, taken with the first frame, and how many of them have been sent. */
  #picture: readonly string[] | null = null;
  #pictured = 0;
  /** Keys of entries that are new, different or gone since the reader heard of them. */
  readonly #dirty = new Set<string>();
  /** Keys that the reader has. */
  readonly #known = new Set<string>();
  #seenChanges = -1;
  #lastFrameMs = 0;

  constructor(clock: Clock, lists: AccessLists, changes: () => number, close: () => void) {
    this.#clock = clock;
    this.#lists = lists;
    this.#changes = changes;
    this.close = close;
  }

  get unfinished(): boolean {
    return this.#pictured < (this.#picture?.length ?? 0) || (this.#dirty.size > 0 && this.#seenChanges === -1);
  }

  changed(key: string): void {
    this.#dirty.add(key);
  }

  pull(): AccessFrame | null {
    const reset = this.#picture === null;
    if (this.#picture === null) {
      this.#picture = Array.from(this.#lists.entries(), ({ list, origin, value }) => accessKey(list, origin, value));
      this.#dirty.clear();
      this.#seenChanges = this.#changes();
    }
    const picture = this.#picture;
    if (reset || this.#pictured < picture.length) {
      const keys = picture.slice(this.#pictured, this.#pictured + accessFrameEntries);
      this.#pictured += keys.length;
      return this.#frame(reset, keys);
    }
    const hitsAreOld = this.#dirty.size > 0 && this.#clock.monotonicMs() - this.#lastFrameMs >= hitsIntervalMs;
    if (this.#seenChanges === this.#changes() && !hitsAreOld) {
      return null;
    }
    const keys = [...this.#dirty.values().take(accessFrameEntries)];
    // What is left over is as urgent as what was taken.
    this.#seenChanges = this.#dirty.size > keys.length ? -1 : this.#changes();
    return this.#frame(false, keys);
  }

  #frame(reset: boolean, keys: readonly string[]): AccessFrame {
    const upserts: AccessEntry[] = [];
    const removes: string[] = [];
    for (const key of keys) {
      this.#dirty.delete(key);
      const entry = this.#lists.entry(key);
      if (entry) {
        this.#known.add(key);
        upserts.push(entry);
      } else if (this.#known.delete(key)) {
        removes.push(key);
      }
    }
    this.#lastFrameMs = this.#clock.monotonicMs();
    const { size, revision, whitelistMode, store } = this.#lists;
    return {
      reset,
      total: size,
      revision,
      whitelistMode,
      upserts,
      removes,
      fileIssues: store.issues.slice(0, mostFileIssues),
      moreFileIssues: Math.max(0, store.issues.length - mostFileIssues),
      fileGone: store.gone,
      file: store.file,
    };
  }
}
