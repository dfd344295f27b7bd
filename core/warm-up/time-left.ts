/**
 * How long the rest of a run will take. Where some addresses hang, results say little: a few attempts hold most of the
 * places for most of the time. So what is counted is the time for which an attempt holds its place, by its number (first,
 * second …), and an attempt that has long outlasted the good ones counts as one that hangs before it has ended. What hangs
 * is told apart from what is refused at once: the end of a run waits for it, however many others fail fast.
 */
import type { Clock } from '../base/clock.ts';

export interface TimeLeftOptions {
  readonly clock: Clock;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** After the first attempt. */
  readonly retries: number;
  /** Between an attempt and the next of the same connection. */
  readonly retryDelayMs: number;
  /** Attempts at once, all hosts together, and to one host. */
  readonly concurrency: number;
  readonly perHost: number;
  /** Attempts begun in a second at most; null: no limit. */
  readonly perSecond: number | null;
}

/** Before so many results nothing can be told. */
const fewestTelling = 3;
/** What takes so many times as long as good ones do, and so long at least, hangs. */
const hangsAfterTimes = 4;
const hangsAfterMs = 250;
/** Until the places have been in use for so long, all of them are taken to be. */
const settledMs = 1_000;

/** Attempts of one number that have ended. */
interface Level {
  good: number;
  goodMs: number;
  failed: number;
  failedMs: number;
  /** Of the failed ones, those that were to be tried again. */
  again: number;
  /** Of the failed ones, those that hung. */
  hung: number;
  hungMs: number;
  /** Of those, the ones that were to be tried again. */
  hungAgain: number;
  /** Attempts after one that hung, and those of them that hung too. */
  afterHung: number;
  hungAfterHung: number;
}

/** What is expected of an attempt of one number. */
interface Outlook {
  /** For which this attempt and all after it hold a place. */
  readonly placeMs: number;
  /** Until the last of them has ended, where this one fails. */
  readonly chainMs: number;
  /** This one and all that are expected after it. */
  readonly attempts: number;
}

const none: Outlook = { placeMs: 0, chainMs: 0, attempts: 0 };

/** What is expected where an attempt of one number hangs. */
interface HangingChain {
  /** It, and all that are expected after it. */
  readonly wholeMs: number;
  /** Only those after it. */
  readonly nextMs: number;
  /** How likely it hangs where the one before it did, 0 to 1. */
  readonly againShare: number;
}

const noChain: HangingChain = { wholeMs: 0, nextMs: 0, againShare: 0 };

interface Running {
  readonly lane: number;
  readonly level: number;
  readonly startedMs: number;
  /** The attempt before it hung. */
  readonly afterHung: boolean;
}

/** A connection between two attempts. */
interface Waiting {
  readonly lane: number;
  /** That it has had. */
  readonly attempts: number;
  /** The last of them did. */
  readonly hung: boolean;
}

export class TimeLeft {
  readonly #options: TimeLeftOptions;
  readonly #levels: Level[] = [];
  /** By lane: connections of which no attempt has begun. */
  readonly #fresh: number[] = [];
  readonly #running = new Map<number, Running>();
  readonly #between = new Map<number, Waiting>();
  #results = 0;
  readonly #beganMs: number;
  /** Integral of the places in use over time. */
  #usedMs = 0;
  #lookedMs: number;

  constructor(options: TimeLeftOptions) {
    this.#options = options;
    this.#beganMs = options.clock.monotonicMs();
    this.#lookedMs = this.#beganMs;
  }

  /** So many connections more are to be made in this lane. */
  planned(lane: number, connections: number): void {
    this.#fresh[lane] = (this.#fresh[lane] ?? 0) + connections;
  }

  /** `attempt`: 1 for the first of this connection. */
  started(cell: number, lane: number, attempt: number): void {
    this.#passTime();
    const afterHung = this.#between.get(cell)?.hung ?? false;
    this.#between.delete(cell);
    if (attempt === 1) {
      this.#fresh[lane] = (this.#fresh[lane] ?? 0) - 1;
    }
    this.#running.set(cell, { lane, level: attempt - 1, startedMs: this.#lookedMs, afterHung });
  }

  /** `again`: it failed, and will be tried again. */
  ended(cell: number, outcome: 'good' | 'again' | 'failed' | 'cancelled'): void {
    this.#passTime();
    const running = this.#running.get(cell);
    this.#running.delete(cell);
    if (!running || outcome === 'cancelled') {
      return;
    }
    const { lane, level, startedMs, afterHung } = running;
    const counted = this.#level(level);
    const tookMs = this.#lookedMs - startedMs;
    const hung = outcome !== 'good' && tookMs >= this.#hangsFromMs();
    counted.afterHung += Number(afterHung);
    counted.hungAfterHung += Number(afterHung && hung);
    counted.hung += Number(hung);
    counted.hungMs += hung ? tookMs : 0;
    counted.hungAgain += Number(hung && outcome === 'again');
    if (outcome === 'good') {
      counted.good += 1;
      counted.goodMs += tookMs;
    } else {
      counted.failed += 1;
      counted.failedMs += tookMs;
    }
    if (outcome === 'again') {
      counted.again += 1;
      this.#between.set(cell, { lane, attempts: level + 1, hung });
    } else {
      this.#results += 1;
    }
  }

  /** null until it can be told. */
  estimateMs(): number | null {
    if (this.#results < fewestTelling) {
      return null;
    }
    this.#passTime();
    const { concurrency, perHost, perSecond } = this.#options;
    const hangsFromMs = this.#hangsFromMs();
    const outlooks = this.#outlooks(hangsFromMs);
    const [first = none] = outlooks;
    const work = Array.from(this.#fresh, (fresh = 0) => fresh * first.placeMs);
    const goodMs = this.#goodMs(0);
    let longestMs = 0;
    let soonestMs = Number.POSITIVE_INFINITY;
    let hanging = 0;
    let toRetry = 0;
    const chains = this.#hangingChains();
    for (const { lane, level, startedMs, afterHung } of this.#running.values()) {
      const ageMs = this.#lookedMs - startedMs;
      const hangs = ageMs >= hangsFromMs;
      const leftMs = this.#hangsForMs(level, ageMs) - ageMs;
      const chain = chains[level] ?? noChain;
      // Until it is seen to do better, what hung is taken to hang again.
      const lurksMs = afterHung && !hangs ? chain.againShare * chain.wholeMs - ageMs : 0;
      // Of a good one as much is left as it has not used yet: else the figure stood still for as long as a batch takes.
      const usedMs = Math.min(ageMs, goodMs);
      const placeMs = hangs ? leftMs + chain.nextMs : Math.max(0, lurksMs, (outlooks[level]?.placeMs ?? 0) - usedMs);
      soonestMs = Math.min(soonestMs, hangs ? leftMs : goodMs - usedMs);
      work[lane] = (work[lane] ?? 0) + placeMs;
      longestMs = Math.max(longestMs, placeMs);
      hanging += hangs ? 1 : 0;
    }
    for (const { lane, attempts, hung } of this.#between.values()) {
      const next = outlooks[attempts];
      if (next) {
        const { againShare, wholeMs } = chains[attempts] ?? noChain;
        const placeMs = Math.max(next.placeMs, hung ? againShare * wholeMs : 0);
        work[lane] = (work[lane] ?? 0) + placeMs;
        longestMs = Math.max(longestMs, this.#options.retryDelayMs + placeMs);
        hanging += 1;
        toRetry += next.attempts;
      }
    }
    // Where the pace of the job holds it, places are free.
    const places = perSecond === null ? Math.min(this.#placesInUse(), concurrency) : concurrency;
    const workMs = Math.max(
      work.reduce((sum, ms) => sum + ms, 0) / places,
      ...work.map((ms) => ms / Math.min(perHost, concurrency)),
    );
    const fresh = this.#fresh.reduce((sum, ofLane) => sum + ofLane, 0);
    if (fresh > 0 && this.#running.size > 0) {
      // Those to come go in whole batches: the last ones are one, however few they are.
      longestMs = Math.max(longestMs, soonestMs + Math.ceil(fresh / concurrency) * goodMs);
    }
    const begunMs = perSecond === null ? 0 : ((fresh * first.attempts + toRetry) * 1_000) / perSecond;
    const tailMs = fresh === 0 ? 0 : this.#tailMs(fresh, hanging, places, first);
    return Math.max(longestMs, Math.max(workMs, begunMs) + tailMs);
  }

  /**
   * Longer it does not take, if every attempt that may be made takes all of its time. `pace`: the engine's dials at once.
   * After Graham's bound: while the longest chain of attempts of one connection waits, all places are taken by others.
   */
  atMostMs(pace: number): number {
    const { timeoutMs, retries, retryDelayMs, concurrency, perHost, perSecond } = this.#options;
    const attempts = Array.from(this.#fresh, (fresh = 0) => fresh * (retries + 1));
    let longest = attempts.some((count) => count > 0) ? retries + 1 : 0;
    const add = (lane: number, connections: number, each: number): void => {
      attempts[lane] = (attempts[lane] ?? 0) + connections * each;
      longest = connections > 0 ? Math.max(longest, each) : longest;
    };
    for (const { lane, level } of this.#running.values()) {
      add(lane, 1, retries + 1 - level);
    }
    for (const { lane, attempts: done } of this.#between.values()) {
      add(lane, 1, retries + 1 - done);
    }
    const places = Math.max(1, Math.min(concurrency, pace));
    const all = attempts.reduce((sum, count) => sum + count, 0);
    const ofAll = places < perHost * attempts.length || attempts.length === 1 ? all / places : 0;
    const ofOne = perHost < places ? Math.max(0, ...attempts) / perHost : 0;
    const pacedMs = perSecond === null ? 0 : (all * 1_000) / perSecond;
    return (ofAll + ofOne + longest) * timeoutMs + longest * retryDelayMs + pacedMs;
  }

  /** The last that hangs is begun some time before the end of the work, and outlasts it. */
  #tailMs(fresh: number, hanging: number, places: number, { placeMs, chainMs }: Outlook): number {
    if (placeMs === 0) {
      return 0;
    }
    const { good, failed } = this.#level(0);
    const failShare = (failed + hanging) / Math.max(1, failed + good + hanging);
    const atOnce = (places / placeMs) * failShare * chainMs;
    const atTheEnd = Math.min(atOnce, fresh * failShare + hanging);
    // Half of what these hold their places for is in the work already.
    const counted = Math.max(0, 1 - this.#goodMs(0) / placeMs) / 2;
    return Math.max(0, chainMs * (atTheEnd / (atTheEnd + 1) - counted));
  }

  /** By the number of attempts before. */
  #outlooks(hangsFromMs: number): Outlook[] {
    const { retries, retryDelayMs } = this.#options;
    const hanging = new Array<number>(retries + 1).fill(0);
    for (const { level, startedMs } of this.#running.values()) {
      hanging[level] = (hanging[level] ?? 0) + (this.#lookedMs - startedMs >= hangsFromMs ? 1 : 0);
    }
    const outlooks: Outlook[] = [];
    let next: Outlook = none;
    for (let level = retries; level >= 0; level -= 1) {
      const { good, goodMs, failed, failedMs, again } = this.#level(level);
      const hangs = hanging[level] ?? 0;
      const failMs = this.#failedMs(level);
      // What failed once is taken to fail again, until it is seen to do better.
      const prior = level > 0 ? 1 : 0;
      const settled = good + failed + hangs + prior;
      const tookMs = goodMs + failedMs + hangs * this.#hangsForMs(level, 0) + prior * failMs;
      const againShare = settled === 0 || level === retries ? 0 : (again + hangs + prior) / settled;
      const placeMs = (settled === 0 ? 0 : tookMs / settled) + againShare * next.placeMs;
      const follows = level === retries ? 0 : retryDelayMs + next.placeMs;
      next = { placeMs, chainMs: failMs + follows, attempts: 1 + againShare * next.attempts };
      outlooks[level] = next;
    }
    return outlooks;
  }

  /** By the number of attempts before: what is expected where an attempt of that number hangs. */
  #hangingChains(): HangingChain[] {
    const { retries, retryDelayMs } = this.#options;
    const chains: HangingChain[] = [];
    let next: HangingChain = noChain;
    for (let level = retries; level >= 0; level -= 1) {
      const { hung, hungAgain, afterHung, hungAfterHung } = this.#level(level);
      const triedAgainShare = level === retries ? 0 : (hungAgain + 1) / (hung + 1);
      const nextMs = triedAgainShare * (retryDelayMs + next.againShare * next.wholeMs);
      next = {
        wholeMs: this.#hangsForMs(level, 0) + nextMs,
        nextMs,
        againShare: (hungAfterHung + 1) / (afterHung + 1),
      };
      chains[level] = next;
    }
    return chains;
  }

  /** How long an attempt of this number that hangs, and has for `ageMs`, holds its place in all. */
  #hangsForMs(level: number, ageMs: number): number {
    const { hung, hungMs } = this.#level(level);
    const usualMs = hung > 0 ? hungMs / hung : level === 0 ? this.#options.timeoutMs : this.#hangsForMs(level - 1, 0);
    return ageMs < usualMs ? usualMs : Math.max(ageMs, this.#options.timeoutMs);
  }

  /** How long a failed attempt of this number holds its place. */
  #failedMs(level: number): number {
    const { failed, failedMs } = this.#level(level);
    if (failed > 0) {
      return failedMs / failed;
    }
    return level === 0 ? this.#options.timeoutMs : this.#failedMs(level - 1);
  }

  #goodMs(level: number): number {
    const { good, goodMs } = this.#level(level);
    return good === 0 ? 0 : goodMs / good;
  }

  #hangsFromMs(): number {
    return Math.max(hangsAfterMs, hangsAfterTimes * this.#goodMs(0));
  }

  #placesInUse(): number {
    const passedMs = this.#lookedMs - this.#beganMs;
    return passedMs < settledMs ? this.#options.concurrency : Math.max(1, this.#usedMs / passedMs);
  }

  #passTime(): void {
    const nowMs = this.#options.clock.monotonicMs();
    this.#usedMs += this.#running.size * (nowMs - this.#lookedMs);
    this.#lookedMs = nowMs;
  }

  #level(level: number): Level {
    const counted = this.#levels[level] ?? emptyLevel();
    this.#levels[level] = counted;
    return counted;
  }
}

function emptyLevel(): Level {
  return {
    good: 0,
    goodMs: 0,
    failed: 0,
    failedMs: 0,
    again: 0,
    hung: 0,
    hungMs: 0,
    hungAgain: 0,
    afterHung: 0,
    hungAfterHung: 0,
  };
}
