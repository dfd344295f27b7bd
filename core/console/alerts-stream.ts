/** The alerts, and what is watched: complete pictures, for they are small. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { AlertList, AlertWatch } from '../contract/alerts.ts';
import type { AlertActs } from './console-ports.ts';
import { OncePerTick } from './once-per-tick.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

const tickMs = 1_000;

export class LiveAlerts implements LiveSource<AlertList> {
  readonly #clock: Clock;
  readonly #alerts: Pick<AlertActs, 'list' | 'observe'>;

  constructor(clock: Clock, alerts: Pick<AlertActs, 'list' | 'observe'>) {
    this.#clock = clock;
    this.#alerts = alerts;
  }

  /** What a person says to an alert is shown at once; figures move once a second. */
  start(wake: () => void): () => void {
    const stops = [repeat(this.#clock, tickMs, wake), this.#alerts.observe({ changed: wake })];
    return () => {
      for (const stop of stops) {
        stop();
      }
    };
  }

  open(): Cursor<AlertList> {
    let seen = '';
    return {
      unfinished: false,
      pull: () => {
        const list = this.#alerts.list();
        const text = JSON.stringify(list);
        if (text === seen) {
          return null;
        }
        seen = text;
        return list;
      },
      close: () => {},
    };
  }
}

export interface WatchesFrame {
  atMs: number;
  watches: AlertWatch[];
}

export class LiveAlertWatches implements LiveSource<WatchesFrame> {
  readonly #clock: Clock;
  readonly #alerts: Pick<AlertActs, 'watches'>;
  readonly #ticks: OncePerTick;

  constructor(clock: Clock, alerts: Pick<AlertActs, 'watches'>) {
    this.#clock = clock;
    this.#ticks = new OncePerTick(clock);
    this.#alerts = alerts;
  }

  start(wake: () => void): () => void {
    return this.#ticks.start(wake);
  }

  open(): Cursor<WatchesFrame> {
    return this.#ticks.open(() => ({ atMs: this.#clock.epochMs(), watches: this.#alerts.watches() }));
  }
}
