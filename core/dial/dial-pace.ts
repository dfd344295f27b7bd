/**
 * How many dials may be in flight: additive increase, multiplicative decrease, between the operator's bounds. Until the
 * first decrease the bound is sought by halves, as TCP's slow start seeks its own: where dials only wait on a far network,
 * a warm-up would else be over before its pace is found.
 */
import type { DialSettings } from '../config/settings.ts';
import { DialLatency } from './dial-latency.ts';

type PaceSettings = Pick<DialSettings, 'concurrencyStart' | 'concurrencyMin' | 'concurrencyMax'>;

/** Past this delay of the event loop (p99) the handshakes that compute at once are too many. */
const lateLoopMs = 20;
const increase = 8;
/** Failures have risen when their share is this much above what it was; a host that is always down slows nobody. */
const riseOfFailures = 0.2;
/** Fewer dials than this say nothing about a share. */
const tellingDials = 8;
/** Weight of the newest share in what is usual. */
const newestWeight = 0.3;
/** The loop's delay is told for the last second: after a decrease two judgements pass before it shows the effect. */
const restAfterDecrease = 2;

export class DialPace {
  #settings: PaceSettings;
  #concurrency: number;
  #wasFull = false;
  #ended = 0;
  #failed = 0;
  #usualFailures = 0;
  readonly #latency = new DialLatency();
  /** No bound has been met yet. */
  #seeking = true;
  #rest = 0;

  constructor(settings: PaceSettings) {
    this.#settings = settings;
    this.#concurrency = settings.concurrencyStart;
    this.update(settings);
  }

  get concurrency(): number {
    return this.#concurrency;
  }

  /** The operator has fixed it. */
  get isFixed(): boolean {
    return this.#settings.concurrencyMin === this.#settings.concurrencyMax;
  }

  update(settings: PaceSettings): void {
    this.#settings = settings;
    this.#set(this.#concurrency);
  }

  /** All places are taken and a dial waits for one. */
  full(): void {
    this.#wasFull = true;
  }

  ended(host: string, ok: boolean, durationMs: number): void {
    this.#ended += 1;
    if (ok) {
      this.#latency.record(host, durationMs);
    } else {
      this.#failed += 1;
    }
  }

  /** To be called at a steady interval while there are dials. */
  judge(loopDelayP99Ms: number): void {
    const [failing, slower] = [this.#failuresRose(), this.#latency.rose()];
    if (this.#rest > 0) {
      this.#rest -= 1;
    } else if (loopDelayP99Ms > lateLoopMs || failing || slower) {
      this.#set(Math.floor(this.#concurrency / 2));
      this.#seeking = false;
      this.#rest = restAfterDecrease;
    } else if (this.#wasFull) {
      this.#set(this.#concurrency + (this.#seeking ? Math.max(increase, Math.floor(this.#concurrency / 2)) : increase));
    }
    this.#wasFull = false;
  }

  #failuresRose(): boolean {
    if (this.#ended < tellingDials) {
      return false;
    }
    const share = this.#failed / this.#ended;
    const usual = this.#usualFailures;
    this.#usualFailures = usual + newestWeight * (share - usual);
    this.#ended = 0;
    this.#failed = 0;
    return share > usual + riseOfFailures;
  }

  #set(concurrency: number): void {
    const { concurrencyMin, concurrencyMax } = this.#settings;
    this.#concurrency = Math.max(1, Math.min(Math.max(concurrency, concurrencyMin), concurrencyMax));
  }
}
