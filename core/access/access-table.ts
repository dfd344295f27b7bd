/** All entries: by name, by what they decide, and counted. */
import { type AccessListName, accessKey, accessListNames, accessOrigins } from '../contract/access.ts';
import type { EntryChange } from './access-audit.ts';
import { type AccessRecord, type ListedEntry, listOfRank } from './access-entry.ts';
import type { IpRange } from './ip-range.ts';
import { RangeIndex } from './range-index.ts';

export class AccessTable {
  readonly #entries = new Map<string, ListedEntry>();
  readonly #index = new RangeIndex<ListedEntry>();
  readonly #counts: Record<AccessListName, number> = { white: 0, black: 0 };
  #automaticWhite = 0;

  get(key: string): ListedEntry | undefined {
    return this.#entries.get(key);
  }

  /** Every entry of exactly this value (canonical). */
  named(value: string): ListedEntry[] {
    const keys = accessOrigins.flatMap((origin) => accessListNames.map((list) => accessKey(list, origin, value)));
    return keys.flatMap((key) => this.#entries.get(key) ?? []);
  }

  get size(): number {
    return this.#entries.size;
  }

  values(): IterableIterator<ListedEntry> {
    return this.#entries.values();
  }

  count(list: AccessListName): number {
    return this.#counts[list];
  }

  /** Of the white ones, those that the automaton made. */
  get automaticWhite(): number {
    return this.#automaticWhite;
  }

  /** The entry that decides about an IP (canonical); entries in `skip` are looked through. */
  find(ip: string, skip?: ReadonlySet<ListedEntry>): ListedEntry | undefined {
    return this.#index.find(ip, skip);
  }

  /** The list of the entry that decides about an IP (canonical), null when none does; quicker than to find the entry. */
  listOf(ip: string): AccessListName | null {
    return listOfRank(this.#index.rankOf(ip));
  }

  /** Every entry that names this range or one around it, in the order in which they decide. */
  around(range: IpRange): ListedEntry[] {
    return this.#index.around(range);
  }

  /** Takes the place, and the hits, of the entry of the same name. */
  put(entry: ListedEntry): void {
    const former = this.drop(entry.key);
    if (former) {
      entry.hits = former.hits;
      entry.lastHitAtMs = former.lastHitAtMs;
    }
    this.#entries.set(entry.key, entry);
    this.#index.add(entry);
    this.#count(entry, 1);
  }

  drop(key: string): ListedEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#index.delete(entry);
      this.#count(entry, -1);
    }
    return entry;
  }

  #count({ list, origin }: ListedEntry, change: 1 | -1): void {
    this.#counts[list] += change;
    this.#automaticWhite += list === 'white' && origin === 'automatic' ? change : 0;
  }

  /** What is kept on disk of it. */
  records(): AccessRecord[] {
    return this.recordsAfter([]);
  }

  /** The same as it would be after these changes. */
  recordsAfter(changes: readonly EntryChange[]): AccessRecord[] {
    const gone = new Set(changes.flatMap(({ before, after }) => [before?.key, after?.key]));
    const records: AccessRecord[] = [];
    const keep = (entry: ListedEntry): void => {
      const record = entry.toRecord();
      if (record) {
        records.push(record);
      }
    };
    for (const entry of this.#entries.values()) {
      if (!gone.has(entry.key)) {
        keep(entry);
      }
    }
    for (const { after } of changes) {
      if (after) {
        keep(after);
      }
    }
    return records;
  }
}
