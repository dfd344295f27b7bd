/** Counts for the diagnosis what the statistics do not tell: closes by reason, time-outs, dials, and how memory goes. */

import type { Clock } from '../base/clock.ts';
import { aboveDebug, type EventBus } from '../base/event-bus.ts';
import type { CloseReason, ErrorClass } from '../contract/vocabulary.ts';
import type { PoolSecond, RememberedPool } from '../pool/pool-ports.ts';
import type { RecentPast } from './diagnosis-facts.ts';

const sliceMs = 10_000;
const slices = 30;
/** As the statistics count the dials. */
const minuteMs = 60_000;
const memorySliceMs = 60_000;
const memorySlices = 60;
/** Less says nothing about where memory goes: a process that begins, and a pool that is being filled, grow. */
const settlingMs = 300_000;
const leastMemorySpanMs = 1_800_000;

interface Slice {
  readonly beganMs: number;
  readonly closes: Map<CloseReason, number>;
  readonly dialErrors: Map<ErrorClass, number>;
  acquireTimeouts: number;
  dials: number;
}

export interface RecentPastOptions {
  readonly clock: Clock;
  readonly events: Pick<EventBus, 'subscribe'>;
  readonly pool: Pick<RememberedPool, 'observe' | 'onSecond'>;
}

export class RecentPastWatch {
  readonly #clock: Clock;
  readonly #startedMs: number;
  readonly #stops: readonly (() => void)[];
  readonly #slices: Slice[] = [];
  /** The least of each minute. */
  readonly #memory: { readonly atMs: number; bytes: number }[] = [];
  #limitsChangedAtMs: number | null = null;

  constructor({ clock, events, pool }: RecentPastOptions) {
    this.#clock = clock;
    this.#startedMs = clock.monotonicMs();
    this.#stops = [
      pool.observe({
        changed: () => {},
        closed: (_, reason) => {
          addTo(this.#slice().closes, reason);
        },
      }),
      pool.onSecond((second) => this.#second(second)),
      events.subscribe(({ kind, data, atMs }) => {
        if (kind === 'acquire.timeout') {
          this.#slice().acquireTimeouts += 1;
        } else if (kind === 'connection.dial-failed') {
          addTo(this.#slice().dialErrors, data.class);
        } else if (kind === 'config.changed') {
          this.#limitsChangedAtMs = atMs;
        }
      }, aboveDebug),
    ];
  }

  /** Epoch; null: not since the start. */
  get limitsChangedAtMs(): number | null {
    return this.#limitsChangedAtMs;
  }

  read(): RecentPast {
    const nowMs = this.#clock.monotonicMs();
    this.#forget(nowMs);
    const closes = new Map<CloseReason, number>();
    const dialErrors = new Map<ErrorClass, number>();
    let acquireTimeouts = 0;
    let dials = 0;
    for (const slice of this.#slices) {
      acquireTimeouts += slice.acquireTimeouts;
      dials += slice.dials;
      for (const [reason, count] of slice.closes) {
        addTo(closes, reason, count);
      }
      for (const [errorClass, count] of nowMs - slice.beganMs < minuteMs ? slice.dialErrors : []) {
        addTo(dialErrors, errorClass, count);
      }
    }
    return {
      spanMs: Math.min(nowMs - this.#startedMs, slices * sliceMs),
      closes: Object.fromEntries(closes),
      acquireTimeouts,
      dials,
      dialErrors: Object.fromEntries(dialErrors),
      memory: this.#memoryTrend(),
    };
  }

  close(): void {
    for (const stop of this.#stops) {
      stop();
    }
  }

  #second({ statistics, tally }: PoolSecond): void {
    this.#slice().dials += tally.dials;
    const atMs = this.#clock.monotonicMs();
    const { rssBytes } = statistics.engine;
    const last = this.#memory.at(-1);
    if (last && atMs - last.atMs < memorySliceMs) {
      last.bytes = Math.min(last.bytes, rssBytes);
    } else if (atMs - this.#startedMs >= settlingMs) {
      this.#memory.push({ atMs, bytes: rssBytes });
      if (this.#memory.length > memorySlices) {
        this.#memory.shift();
      }
    }
  }

  /**
   * By what is left after collections: memory rises between them and falls with them, so two moments say nothing. It grows
   * when the least of each third is above that of the third before.
   */
  #memoryTrend(): RecentPast['memory'] {
    const [first, last] = [this.#memory[0], this.#memory.at(-1)];
    if (!first || !last || last.atMs - first.atMs < leastMemorySpanMs) {
      return null;
    }
    const third = this.#memory.length / 3;
    const [begin = 0, middle = 0, end = 0] = [0, 1, 2].map((part) =>
      Math.min(
        ...this.#memory.slice(Math.floor(part * third), Math.floor((part + 1) * third)).map(({ bytes }) => bytes),
      ),
    );
    const lastBytes = begin < middle && middle < end ? end : Math.min(begin, end);
    // From the middle of the first third to that of the last.
    return { spanMs: ((last.atMs - first.atMs) * 2) / 3, firstBytes: begin, lastBytes };
  }

  #slice(): Slice {
    const nowMs = this.#clock.monotonicMs();
    const last = this.#slices.at(-1);
    if (last && nowMs - last.beganMs < sliceMs) {
      return last;
    }
    const slice: Slice = { beganMs: nowMs, closes: new Map(), dialErrors: new Map(), acquireTimeouts: 0, dials: 0 };
    this.#slices.push(slice);
    this.#forget(nowMs);
    return slice;
  }

  #forget(nowMs: number): void {
    while ((this.#slices[0]?.beganMs ?? nowMs) <= nowMs - slices * sliceMs) {
      this.#slices.shift();
    }
  }
}

function addTo<Key>(counts: Map<Key, number>, key: Key, count = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
