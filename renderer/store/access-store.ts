/** The access lists as the engine has them, kept by its changes; told to the screen at a pace that a long list allows. */
import type { AccessEntry, AccessFrame, AccessListName } from '../../core/contract/access.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { Observable } from '../base/observable.ts';
import { Paced } from '../base/paced.ts';
import { entryKey, knowRevision } from './access-draft.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

/**
 * With what is made of it once and asked for often. It stands in the entry itself: a WeakMap with 100,000 entries would make
 * each of the browser's collections half as long again.
 */
export interface ListedEntry extends AccessEntry {
  /** {@link entryKey}; made when the entry comes, a frame at a time. */
  readonly key?: string;
  /** By its address; made when a list is first ordered by it. */
  sortKey?: string;
}

export interface AccessPicture
  extends Pick<AccessFrame, 'revision' | 'whitelistMode' | 'fileIssues' | 'moreFileIssues' | 'fileGone' | 'file'> {
  /** Everything the engine has is here; false while the first picture is still coming. */
  readonly complete: boolean;
  readonly total: number;
  /** Another array whenever an entry came, went or says something else; hits change in its entries themselves. */
  readonly lists: Readonly<Record<AccessListName, readonly ListedEntry[]>>;
  /** Rises when only hits are new. */
  readonly hitsVersion: number;
}

/** Order is made anew at most so often from live changes. */
const quickMs = 100;
const slowMs = 500;
/** A list as long as this is told at the slow pace. */
const longList = 5_000;

export class AccessStore {
  readonly changes = new Observable();
  readonly #stream: RetainedStream<'access'>;
  #entries = new Map<string, ListedEntry>();
  /** Those on the screen while a new picture of them comes in frames: nobody loses his place at a reconnect. */
  #shown: ReadonlyMap<string, ListedEntry> | null = null;
  readonly #quick = new Paced(quickMs, () => this.#publish());
  readonly #slow = new Paced(slowMs, () => this.#publish());
  #latest: AccessFrame | null = null;
  #picture: AccessPicture | null = null;
  #lists: AccessPicture['lists'] = { white: [], black: [] };
  #listsAreOld = false;
  #hitsVersion = 0;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#stream = new RetainedStream(api, 'access', visibility, (frame) => this.#take(frame));
  }

  readonly retain = (): (() => void) => this.#stream.retain();

  readonly picture = (): AccessPicture | null => this.#picture;

  entry(key: string): AccessEntry | undefined {
    return (this.#shown ?? this.#entries).get(key);
  }

  #take(frame: AccessFrame): void {
    if (frame.reset) {
      this.#shown ??= this.#picture ? this.#entries : null;
      this.#entries = new Map();
      this.#listsAreOld = true;
    }
    for (const key of frame.removes) {
      this.#listsAreOld = this.#entries.delete(key) || this.#listsAreOld;
    }
    for (const entry of frame.upserts) {
      const key = entryKey(entry);
      const known = this.#entries.get(key);
      if (known && saysTheSame(known, entry)) {
        known.hits = entry.hits;
        known.lastHitAtMs = entry.lastHitAtMs;
        this.#hitsVersion += 1;
      } else {
        this.#entries.set(key, Object.assign(entry, { key }));
        this.#listsAreOld = true;
      }
    }
    if (this.#entries.size >= frame.total) {
      this.#shown = null;
    }
    this.#latest = frame;
    if (!this.#shown) {
      // A draft is begun on what is seen.
      knowRevision(frame.revision);
    }
    (this.#entries.size < longList ? this.#quick : this.#slow).ask();
  }

  #publish(): void {
    const frame = this.#latest;
    if (!frame || this.#shown) {
      return;
    }
    if (this.#listsAreOld) {
      this.#listsAreOld = false;
      const white: ListedEntry[] = [];
      const black: ListedEntry[] = [];
      for (const entry of this.#entries.values()) {
        (entry.list === 'white' ? white : black).push(entry);
      }
      this.#lists = { white, black };
    }
    const { revision, whitelistMode, fileIssues, moreFileIssues, fileGone, file, total } = frame;
    const complete = this.#entries.size >= total;
    const lists = this.#lists;
    this.#picture = {
      revision,
      whitelistMode,
      fileIssues,
      moreFileIssues,
      fileGone,
      file,
      total,
      complete,
      lists,
      hitsVersion: this.#hitsVersion,
    };
    this.changes.changed();
  }
}

function saysTheSame(known: AccessEntry, entry: AccessEntry): boolean {
  return known.note === entry.note && known.addedAtMs === entry.addedAtMs && known.expiresAtMs === entry.expiresAtMs;
}
