/** Every live connection, in a Map outside React. A row that changes wakes only who watches that row. */
import type { ConnectionRow, ConnectionsFrame } from '../../core/contract/connections.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import type { CloseReason } from '../../core/contract/vocabulary.ts';
import { Observable } from '../base/observable.ts';
import type { Paced } from '../base/paced.ts';
import type { EngineClock } from './engine-clock.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

/** A connection that is gone and still on the screen for a moment. */
export interface Departed {
  readonly row: ConnectionRow;
  readonly reason: CloseReason;
  /** By `performance.now()`. */
  readonly at: number;
  /** By the engine's clock. */
  readonly atMs: number;
}

/** How long a row that went stays on the screen, faded, with its reason. */
export const departureMs = 1_200;
/** A line that an order still holds must not turn blank before the next order is made. */
const graceMs = 1_000;

const noIds: ReadonlySet<number> = new Set();

export class ConnectionsStore {
  /** Told on every frame. */
  readonly frames = new Observable();
  #rows = new Map<number, ConnectionRow>();
  /** A new picture whose last frame has not come: until then the one before it stays on the screen, whole. */
  #arriving: Map<number, ConnectionRow> | null = null;
  readonly #departed = new Map<number, Departed>();
  readonly #watchers = new Map<number, Set<() => void>>();
  readonly #stream: RetainedStream<'connections'>;
  readonly #clock: EngineClock;
  #nextSeq: number | null = null;
  #leftAtMs: number | null = null;
  /** Whole ones that have come. */
  #pictures = 0;
  #changes = 0;
  /** Rows that stay on the screen though they go. */
  #held: ReadonlySet<number> = noIds;

  constructor(api: ConsoleApi, visibility: PageVisibility, clock: EngineClock) {
    this.#clock = clock;
    this.#stream = new RetainedStream(
      api,
      'connections',
      visibility,
      (frame) => this.apply(frame),
      () => {
        this.#leftAtMs ??= this.#clock.now();
      },
    );
  }

  /** Needs rows until the returned function is called. */
  readonly retain = (): (() => void) => this.#stream.retain();

  /** False until the first picture has come, whole. */
  get loaded(): boolean {
    return this.#pictures > 0;
  }

  /** Live ones only. */
  get size(): number {
    return this.#rows.size;
  }

  /** When they were last watched, by the engine's clock; null: they are now, and the rows are of the clock's time. */
  get leftAtMs(): number | null {
    return this.loaded ? this.#leftAtMs : null;
  }

  /** The time that the rows are of, whole seconds: ages are counted to it. */
  readonly second = (): number => (this.leftAtMs === null ? this.#clock.second() : Math.floor(this.leftAtMs / 1_000));

  /** Rows that came, changed or went since the page began. */
  get changes(): number {
    return this.#changes;
  }

  row(id: number): ConnectionRow | undefined {
    return this.#rows.get(id);
  }

  departed(id: number): Departed | undefined {
    return this.#departed.get(id);
  }

  rows(): IteratorObject<ConnectionRow> {
    return this.#rows.values();
  }

  /** Those that are still worth a line. */
  *departures(): IterableIterator<Departed> {
    const since = performance.now() - departureMs;
    for (const departed of this.#departed.values()) {
      if (this.#held.has(departed.row.id) || departed.at > since) {
        yield departed;
      }
    }
  }

  /** Asks for the work at each frame, and has it done at once when a new picture is there; until the returned function is called. */
  pace(work: Paced): () => void {
    let seen = this.#pictures;
    return this.frames.subscribe(() => {
      if (seen === this.#pictures) {
        work.ask();
      } else {
        seen = this.#pictures;
        work.now();
      }
    });
  }

  /** These stay on the screen though they go, until others are held: a frozen table does not lose lines under the operator's eyes. */
  holdDepartures(ids: ReadonlySet<number>): void {
    this.#held = ids;
    const since = performance.now() - departureMs;
    let released = 0;
    for (const [id, { at }] of this.#departed) {
      if (at <= since && !ids.has(id)) {
        this.#departed.delete(id);
        released += 1;
      }
    }
    if (released > 0) {
      this.frames.changed();
    }
  }

  watch(id: number, listener: () => void): () => void {
    let watchers = this.#watchers.get(id);
    if (!watchers) {
      watchers = new Set();
      this.#watchers.set(id, watchers);
    }
    watchers.add(listener);
    return () => {
      watchers.delete(listener);
      if (watchers.size === 0 && this.#watchers.get(id) === watchers) {
        this.#watchers.delete(id);
      }
    };
  }

  apply(frame: ConnectionsFrame): void {
    if (!frame.reset && frame.seq !== this.#nextSeq) {
      this.#nextSeq = null;
      this.#stream.renew();
      return;
    }
    this.#nextSeq = frame.seq + 1;
    this.#clock.observe(frame.atMs);
    if (frame.reset) {
      this.#arriving = new Map();
    }
    if (this.#arriving) {
      this.#arrive(this.#arriving, frame);
    } else {
      this.#change(frame);
    }
  }

  #arrive(arriving: Map<number, ConnectionRow>, { upserts, unfinished }: ConnectionsFrame): void {
    for (const row of upserts) {
      arriving.set(row.id, row);
    }
    if (unfinished) {
      return;
    }
    const before = this.#rows;
    this.#arriving = null;
    this.#leftAtMs = null;
    this.#rows = arriving;
    this.#departed.clear();
    this.#pictures += 1;
    this.#tell(new Set([...before.keys(), ...arriving.keys()]));
  }

  #change({ upserts, removes, atMs }: ConnectionsFrame): void {
    const touched = new Set<number>();
    const gone: Departed[] = [];
    for (const row of upserts) {
      this.#rows.set(row.id, row);
      this.#departed.delete(row.id);
      touched.add(row.id);
    }
    for (const { id, reason } of removes) {
      const row = this.#rows.get(id);
      if (row && this.#rows.delete(id)) {
        const departed: Departed = { row, reason, at: performance.now(), atMs };
        this.#departed.set(id, departed);
        gone.push(departed);
      }
      touched.add(id);
    }
    if (gone.length > 0) {
      this.#fade(gone);
    }
    this.#changes += touched.size;
    this.#tell(touched);
  }

  #tell(touched: ReadonlySet<number>): void {
    for (const id of touched) {
      this.#wake(id);
    }
    this.frames.changed();
  }

  /** All that one frame took away go together, whether they are one or ten thousand. */
  #fade(gone: readonly Departed[]): void {
    setTimeout(() => this.frames.changed(), departureMs);
    setTimeout(() => {
      for (const departed of gone) {
        const { id } = departed.row;
        if (!this.#held.has(id) && this.#departed.get(id) === departed) {
          this.#departed.delete(id);
          this.#wake(id);
        }
      }
    }, departureMs + graceMs);
  }

  #wake(id: number): void {
    const watchers = this.#watchers.get(id);
    if (watchers) {
      for (const watcher of [...watchers]) {
        watcher();
      }
    }
  }
}
