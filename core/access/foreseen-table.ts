/** The lists as they would be after a change that is only thought of. */
import type { EntryChange } from './access-audit.ts';
import type { ListedEntry } from './access-entry.ts';
import type { AccessTable } from './access-table.ts';
import type { IpRange } from './ip-range.ts';
import { RangeIndex } from './range-index.ts';

export class ForeseenTable {
  readonly #table: AccessTable;
  readonly #removed: ReadonlySet<ListedEntry>;
  readonly #fresh: ReadonlySet<ListedEntry>;
  /** What was there before and is there no more, or with another note, expiry or origin. */
  readonly #named: ReadonlySet<string>;
  readonly #added = new RangeIndex<ListedEntry>();

  constructor(table: AccessTable, changes: readonly EntryChange[]) {
    this.#table = table;
    this.#removed = new Set(changes.flatMap(({ before }) => before ?? []));
    this.#fresh = new Set(changes.flatMap(({ after }) => after ?? []));
    this.#named = new Set(Array.from(this.#removed, nameOf));
    for (const entry of this.#fresh) {
      this.#added.add(entry);
    }
  }

  /** What comes with the change first. */
  *values(): Generator<ListedEntry, void, undefined> {
    yield* this.#fresh;
    for (const entry of this.#table.values()) {
      if (!this.#removed.has(entry)) {
        yield entry;
      }
    }
  }

  /** It names something that it did not name on its list before the change. */
  isFresh(entry: ListedEntry): boolean {
    return this.#fresh.has(entry) && !this.#named.has(nameOf(entry));
  }

  /** The entry that would decide about an IP (canonical). */
  find(ip: string): ListedEntry | undefined {
    const kept = this.#table.find(ip, this.#removed);
    const fresh = this.#added.find(ip);
    return kept && fresh ? (fresh.rank <= kept.rank ? fresh : kept) : (fresh ?? kept);
  }

  /** Every entry that would name this range or one around it, in the order in which they would decide. */
  around(range: IpRange): ListedEntry[] {
    const kept = this.#table.around(range);
    if (this.#fresh.size === 0 && this.#removed.size === 0) {
      return kept;
    }
    return [...kept.filter((entry) => !this.#removed.has(entry)), ...this.#added.around(range)].sort(
      (a, b) => a.rank - b.rank || b.range.length - a.range.length,
    );
  }
}

function nameOf({ list, range }: ListedEntry): string {
  return `${list} ${range.text}`;
}
