/**
 * Shows the pool as it was: puts the stores of the past to a moment, and plays them forward. What is live goes on behind it,
 * so that an alert is still told of, and the way back costs nothing.
 */

import type { HistoryMoment, HistoryMomentInput } from '../../../core/contract/history-moment.ts';
import type { RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import type { PoolSample } from '../../../core/contract/statistics.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { Observable } from '../../base/observable.ts';
import type { ConsoleBridge } from '../../bridge/console-bridge.ts';
import { failureText } from '../../words/failure-text.ts';
import type { ConsoleStores } from '../console-stores.ts';
import type { EngineClock } from '../engine-clock.ts';
import { cellsThen } from './cells-then.ts';
import { HeldClock } from './held-clock.ts';
import { PastFeed } from './past-feed.ts';
import { runsThen } from './runs-then.ts';

export const playSpeeds = [1, 2, 5, 10, 30, 100] as const;
export type PlaySpeed = (typeof playSpeeds)[number];

export interface Past {
  /** A whole second. */
  readonly askedMs: number;
  /** Of the picture that is shown: the last that was written down by then. null before the first. */
  readonly shownMs: number | null;
  readonly playing: boolean;
  /** Why a moment that was asked for is not shown; null when it is, or is on its way. */
  readonly failure: string | null;
  /** That moment: where another was shown before, that one stays, on the slider and in the address as on the screen. */
  readonly failedMs: number | null;
}

/** A picture that is so much older than what was asked for is said to be. */
const earlierMs = 5_000;

export function isMuchEarlier({ askedMs, shownMs }: Pick<Past, 'askedMs' | 'shownMs'>): boolean {
  return shownMs !== null && askedMs - shownMs > earlierMs;
}

/**
 * The moment as it is written wherever it stands: the second that was asked for, whose picture is the last that was taken
 * by then; one that is much older has its own.
 */
export function saidMs(past: Pick<Past, 'askedMs' | 'shownMs'>): number {
  return isMuchEarlier(past) ? (past.shownMs ?? past.askedMs) : past.askedMs;
}

/** Moments are whole seconds, and a part of one is the second that it is in. */
function wholeSecond(atMs: number): number {
  return Math.floor(atMs / 1_000) * 1_000;
}

/** What is drawn while the past is shown. */
export interface PastStores {
  /** For what is shown of the past. */
  readonly past: ConsoleStores;
  /** For what only knows the present: it is live, and nothing can be done. */
  readonly present: ConsoleStores;
}

export interface TimeMachineOptions {
  readonly bridge: Pick<ConsoleBridge, 'request' | 'subscribe'>;
  /** The present's. */
  readonly clock: EngineClock;
  readonly makeStores: (feed: PastFeed, clock: EngineClock) => PastStores;
}

/** Of the overview's curves. */
const curveMs = 15 * 60_000;
/** Pictures a second at most, however fast the past goes by. */
const frameMs = 200;
/** Further than this it is less work to be told everything. */
const longestStepMs = 2 * 60_000;
/** Nearer to the present than this, the present is meant. */
const presentMs = 1_500;

/** Warm-ups that are shown of the past, the newest of then. */
const mostRuns = 50;
/** Those that began so much later are asked for along with it. */
const runsAheadMs = 60_000;
/** One that was told of within this goes on in the present. */
const liveMs = 5_000;

interface Open {
  readonly stores: PastStores;
  readonly feed: PastFeed;
  readonly clock: HeldClock;
}

interface Play {
  readonly fromMs: number;
  /** When it began, by `performance.now()`. */
  readonly begunAt: number;
  readonly timer: ReturnType<typeof setInterval>;
}

export class TimeMachine {
  /** Told when another moment is asked for or shown, and on the ways there and back. */
  readonly changes = new Observable();
  /** Told on the ways there and back only. */
  readonly turns = new Observable();
  /** Told when playing has come to the present. */
  readonly caughtUp = new Observable();
  readonly #options: TimeMachineOptions;
  #open: Open | null = null;
  #past: Past | null = null;
  #speed: PlaySpeed = 1;
  #play: Play | null = null;
  /** What is to be asked for when the answer that is under way has come. */
  #wantedMs: number | null = null;
  #asking = false;
  /** The run whose cells were asked for last. */
  #cellsWanted: RememberedWarmUp | null = null;
  /** Up to where the curves are known. */
  #curvesUntilMs = 0;
  /** Warm-ups, and up to which moment all that began are among them. */
  #runs: { readonly remembered: readonly RememberedWarmUp[]; readonly untilMs: number } = {
    remembered: [],
    untilMs: 0,
  };

  constructor(options: TimeMachineOptions) {
    this.#options = options;
  }

  /** null: the present is shown. Another object with each change. */
  readonly current = (): Past | null => this.#past;

  /** The same while the past is shown, whatever the moment; null otherwise. */
  readonly stores = (): PastStores | null => this.#open?.stores ?? null;

  /** By the present's clock. */
  presentMs(): number {
    return this.#options.clock.now();
  }

  readonly speed = (): PlaySpeed => this.#speed;

  /** The present, or a time that has not come yet, is the way back. */
  goTo(atMs: number): void {
    this.#stopPlay();
    if (atMs > this.#options.clock.now() - presentMs) {
      this.back();
      return;
    }
    this.#want(wholeSecond(atMs));
  }

  /** To the present. */
  back(): void {
    this.#stopPlay();
    this.#wantedMs = null;
    if (this.#past) {
      this.#open = null;
      this.#past = null;
      this.turns.changed();
      this.changes.changed();
    }
  }

  /** Does nothing in the present. */
  step(byMs: number): void {
    if (this.#past) {
      this.goTo(this.#past.askedMs + byMs);
    }
  }

  /**
   * Has the store of the past told what came of the connections of a run that is shown as ended; those of one run at a
   * time are kept. Resolves whether they are there: nothing is known of a run that the history has forgotten meanwhile.
   * @throws whatever the question is refused with.
   */
  async tellCells({ id, startedAtMs }: Pick<WarmUpRun, 'id' | 'startedAtMs'>): Promise<boolean> {
    const open = this.#open;
    const told = this.#runs.remembered.find(({ run }) => run.id === id && run.startedAtMs === startedAtMs);
    if (!open || !told) {
      return false;
    }
    this.#cellsWanted = told;
    if (!open.feed.hasTold(told.run)) {
      const cells = await cellsThen(this.#options.bridge, told);
      // Another may have been asked for meanwhile.
      if (this.#cellsWanted === told) {
        open.feed.tellCells(told.run, cells);
      }
    }
    return true;
  }

  /** For the moment that could not be shown, now that something may be another. */
  askAgain(): void {
    if (this.#past?.failure) {
      this.#want(this.#past.failedMs ?? this.#past.askedMs);
    }
  }

  /** From the shown moment on; does nothing in the present. */
  play(): void {
    if (!this.#past || this.#play) {
      return;
    }
    const timer = setInterval(() => this.#playOn(), Math.max(frameMs, 1_000 / this.#speed));
    this.#play = { fromMs: this.#past.askedMs, begunAt: performance.now(), timer };
    this.#tell({ playing: true });
  }

  pause(): void {
    if (this.#play && this.#past) {
      this.#stopPlay();
      this.#tell({ playing: false });
    }
  }

  /** While it plays too. */
  setSpeed(speed: PlaySpeed): void {
    this.#speed = speed;
    if (this.#play) {
      this.#stopPlay();
      this.play();
    }
    this.changes.changed();
  }

  #playOn(): void {
    if (!this.#play) {
      return;
    }
    const { fromMs, begunAt } = this.#play;
    const atMs = fromMs + (performance.now() - begunAt) * this.#speed;
    if (atMs > this.#options.clock.now() - presentMs) {
      this.back();
      this.caughtUp.changed();
      return;
    }
    this.#want(wholeSecond(atMs));
  }

  #stopPlay(): void {
    clearInterval(this.#play?.timer);
    this.#play = null;
  }

  #want(atMs: number): void {
    if (!this.#open) {
      const clock = new HeldClock();
      clock.put(atMs);
      const feed = new PastFeed(this.#options.bridge);
      this.#open = { stores: this.#options.makeStores(feed, clock), feed, clock };
      this.#past = { askedMs: atMs, shownMs: null, playing: false, failure: null, failedMs: null };
      this.turns.changed();
    }
    this.#wantedMs = atMs;
    this.#tell({ askedMs: atMs, playing: this.#play !== null });
    void this.#ask();
  }

  /** One question at a time: of the moments that were dragged over meanwhile only the last is asked for. */
  async #ask(): Promise<void> {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    while (this.#wantedMs !== null && this.#open) {
      const open = this.#open;
      const atMs = this.#wantedMs;
      this.#wantedMs = null;
      try {
        const moment = await this.#momentOf(atMs);
        const samples = await this.#samplesOf(moment);
        const runs = await this.#runsOf(moment);
        if (this.#open === open) {
          this.#show(open, moment, samples, runs);
        }
      } catch (error) {
        if (this.#open === open) {
          this.#stopPlay();
          const staysMs = this.#past?.shownMs ?? atMs;
          this.#tell({ failure: failureText(error), failedMs: atMs, askedMs: staysMs, playing: false });
        }
      }
    }
    this.#asking = false;
  }

  async #momentOf(atMs: number): Promise<HistoryMoment> {
    const { bridge } = this.#options;
    const shownMs = this.#past?.shownMs ?? null;
    const isStep = shownMs !== null && atMs >= shownMs && atMs - shownMs <= longestStepMs;
    const wish: HistoryMomentInput = { atMs, sinceMs: isStep ? shownMs : null };
    try {
      return await bridge.request('history.moment', wish);
    } catch (error) {
      // The picture it would have gone on from may have been given up meanwhile.
      if (wish.sinceMs === null) {
        throw error;
      }
      return bridge.request('history.moment', { atMs });
    }
  }

  async #samplesOf({ atMs, reset }: HistoryMoment): Promise<readonly PoolSample[]> {
    const fromMs = reset ? atMs - curveMs : Math.max(this.#curvesUntilMs, atMs - curveMs);
    if (fromMs > atMs) {
      // One sample of long ago spans several steps.
      return [];
    }
    const { samples, stepMs } = await this.#options.bridge.request('history.samples', { fromMs, toMs: atMs + 1 });
    const last = samples.at(-1);
    this.#curvesUntilMs = last ? last.atMs + stepMs : fromMs;
    return samples;
  }

  /** Asked for after a jump, as the past is played on, and anew while one of them goes on in the present. */
  async #runsOf(moment: HistoryMoment): Promise<readonly WarmUpRun[]> {
    const { atMs, reset } = moment;
    if (reset || atMs >= this.#runs.untilMs) {
      const { bridge, clock } = this.#options;
      const toMs = atMs + runsAheadMs;
      const { warmUps } = await bridge.request('history.warmUps', { fromMs: 0, toMs, limit: mostRuns });
      const goesOn = warmUps.some(({ run, toldAtMs }) => run.state !== 'finished' && clock.now() - toldAtMs < liveMs);
      this.#runs = { remembered: warmUps, untilMs: goesOn ? atMs : toMs };
    }
    return runsThen(this.#runs.remembered, moment);
  }

  #show(
    { stores, feed, clock }: Open,
    moment: HistoryMoment,
    samples: readonly PoolSample[],
    runs: readonly WarmUpRun[],
  ): void {
    if (moment.reset) {
      stores.past.statistics.forgetSamples();
    }
    clock.put(moment.atMs);
    feed.show(moment, samples, runs);
    this.#tell({ shownMs: moment.atMs, failure: null, failedMs: null });
  }

  #tell(change: Partial<Past>): void {
    if (this.#past) {
      this.#past = { ...this.#past, ...change };
      this.changes.changed();
    }
  }
}
