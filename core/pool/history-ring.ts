/**
 * What happened lately to a connection, an address or a host: a few entries, the oldest overwritten. The same thing again
 * and again is one entry with a count, so that an hour of good checks hides nothing. Nothing here is on the way of a lease
 * that goes well.
 */
import type { ExplainedError, HistoryEvent, HistoryKind } from '../contract/explain.ts';
import type { ErrorClass } from '../contract/vocabulary.ts';
import { ClassifiedError } from '../dial/classified-error.ts';

interface Entry {
  kind: HistoryKind;
  detail: string;
  /** Monotonic, whole milliseconds. */
  firstMs: number;
  lastMs: number;
  count: number;
}

export class HistoryRing {
  readonly #capacity: number;
  readonly #entries: Entry[] = [];
  /** Where the newest lies. */
  #newest = -1;
  #earlier = 0;

  /** `capacity`: entries, of less than 100 bytes each; at least 1. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Events that have been overwritten. */
  get earlier(): number {
    return this.#earlier;
  }

  /** `detail` is a word of the code or one that is stored elsewhere, so that an entry keeps no text of its own. */
  record(kind: HistoryKind, detail: string, nowMs: number): void {
    const atMs = Math.floor(nowMs);
    const last = this.#entries[this.#newest];
    if (last?.kind === kind && last.detail === detail) {
      last.lastMs = atMs;
      last.count += 1;
      return;
    }
    this.#newest = (this.#newest + 1) % this.#capacity;
    const oldest = this.#entries[this.#newest];
    if (!oldest) {
      this.#entries.push({ kind, detail, firstMs: atMs, lastMs: atMs, count: 1 });
      return;
    }
    this.#earlier += oldest.count;
    oldest.kind = kind;
    oldest.detail = detail;
    oldest.firstMs = atMs;
    oldest.lastMs = atMs;
    oldest.count = 1;
  }

  /** The newest of these kinds; null when none is remembered. */
  latestOf(kinds: ReadonlySet<HistoryKind>): Readonly<Entry> | null {
    for (let back = 0; back < this.#entries.length; back += 1) {
      const entry = this.#entries[(this.#newest - back + this.#entries.length) % this.#entries.length];
      if (entry && kinds.has(entry.kind)) {
        return entry;
      }
    }
    return null;
  }

  /** Oldest first. `epochOffsetMs` is what to add to a monotonic time to get the epoch's. */
  toEvents(epochOffsetMs: number): HistoryEvent[] {
    const inOrder = [...this.#entries.slice(this.#newest + 1), ...this.#entries.slice(0, this.#newest + 1)];
    return inOrder.map(({ kind, detail, firstMs, lastMs, count }) => ({
      kind,
      detail,
      firstAtMs: firstMs + epochOffsetMs,
      lastAtMs: lastMs + epochOffsetMs,
      count,
    }));
  }
}

/** The last failure, and how many there were of each class. Keeps the words, not the error: an error holds on to much. */
export class FailureRecord {
  #last: Omit<ExplainedError, 'atMs'> | null = null;
  #lastMs = 0;
  #counts: Map<ErrorClass, number> | null = null;

  record(error: Error, nowMs: number): void {
    const errorClass = error instanceof ClassifiedError ? error.errorClass : null;
    const code = error instanceof ClassifiedError ? error.code : error.name;
    this.#last = { class: errorClass, code, message: error.message };
    this.#lastMs = nowMs;
    if (errorClass) {
      this.#counts ??= new Map();
      this.#counts.set(errorClass, (this.#counts.get(errorClass) ?? 0) + 1);
    }
  }

  get last(): Omit<ExplainedError, 'atMs'> | null {
    return this.#last;
  }

  /** Monotonic; of no meaning before the first. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** The most frequent first. */
  byClass(): { class: ErrorClass; count: number }[] {
    const counts = [...(this.#counts ?? [])].map(([errorClass, count]) => ({ class: errorClass, count }));
    return counts.sort((one, other) => other.count - one.count);
  }

  toError(epochOffsetMs: number): ExplainedError | null {
    return this.#last && { ...this.#last, atMs: this.#lastMs + epochOffsetMs };
  }
}
