/** Gentle traffic on the demo's hosts, so that the tables live: visits of a few requests each, in a rhythm that varies. */
import { type Clock, sleep, type Timer } from '../base/clock.ts';
import { type Random, randomIndex } from '../base/random.ts';
import { demoHostnames } from './demo-plan.ts';

/** What traffic needs of the pool. */
export interface TrafficPool {
  acquire(
    host: string,
    options: { readonly priority: 'background'; readonly signal: AbortSignal },
  ): Promise<TrafficLease>;
}

export interface TrafficLease extends Disposable {
  request(options: {
    readonly method: 'GET';
    readonly path: string;
    readonly signal: AbortSignal;
  }): Promise<{ readonly statusCode: number; readonly body: { arrayBuffer(): Promise<ArrayBuffer> } }>;
}

export interface DemoTrafficOptions {
  readonly pool: TrafficPool;
  readonly clock: Clock;
  readonly random: Random;
  /** The long-run mean over all hosts; 4 when not given. */
  readonly requestsPerSecond?: number;
}

/** The rhythm goes evenly from one share of the mean rate to another. */
interface Swing {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly fromShare: number;
  readonly toShare: number;
}

/** A visit makes 1 to 5 requests. */
const longestVisit = 5;
const meanVisit = (1 + longestVisit) / 2;
const longestPauseMs = 250;
/** A visit that takes longer has met something that hangs. */
const visitTimeoutMs = 10_000;
/** While so many visits go on, the next ones are not made: traffic never piles up on a pool in trouble. */
const mostVisits = 16;
/** Between a third of the mean and five thirds, in 20 to 60 s. */
const leastShare = 1 / 3;
const mostShare = 5 / 3;
const shortestSwingMs = 20_000;
const longestSwingMs = 60_000;

export class DemoTraffic {
  readonly #options: DemoTrafficOptions;
  readonly #stop = new AbortController();
  readonly #visits = new Set<Promise<void>>();
  readonly #visitsPerMs: number;
  #timer: Timer | null = null;
  #swing: Swing;
  #requests = 0;
  #failures = 0;

  /** Begins at once. */
  constructor(options: DemoTrafficOptions) {
    this.#options = options;
    this.#visitsPerMs = (options.requestsPerSecond ?? 4) / meanVisit / 1_000;
    this.#swing = this.#nextSwing(options.clock.monotonicMs(), 1);
    this.#scheduleVisit();
  }

  /** Requests answered, whatever the status. */
  get requests(): number {
    return this.#requests;
  }

  /** Visits that ended early: nothing could be acquired, or a request broke. */
  get failures(): number {
    return this.#failures;
  }

  /** No lease, no timer and no request is left when it resolves. Twice is fine. */
  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    this.#stop.abort(new Error('the demo traffic has stopped'));
    await Promise.all(this.#visits);
  }

  /** Visits come as in a Poisson process whose rate follows the swing. */
  #scheduleVisit(): void {
    const { clock, random } = this.#options;
    const gapMs = -Math.log(1 - random.next()) / (this.#visitsPerMs * this.#share());
    this.#timer = clock.after(gapMs, () => {
      if (this.#visits.size < mostVisits) {
        const visit = this.#visit().finally(() => this.#visits.delete(visit));
        this.#visits.add(visit);
      }
      this.#scheduleVisit();
    });
  }

  #share(): number {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs >= this.#swing.untilMs) {
      this.#swing = this.#nextSwing(nowMs, this.#swing.toShare);
    }
    const { fromMs, untilMs, fromShare, toShare } = this.#swing;
    return fromShare + ((toShare - fromShare) * (nowMs - fromMs)) / (untilMs - fromMs);
  }

  #nextSwing(fromMs: number, fromShare: number): Swing {
    const { random } = this.#options;
    const lengthMs = shortestSwingMs + random.next() * (longestSwingMs - shortestSwingMs);
    const toShare = leastShare + random.next() * (mostShare - leastShare);
    return { fromMs, untilMs: fromMs + lengthMs, fromShare, toShare };
  }

  /** Never rejects: what goes wrong is the pool's to show. */
  async #visit(): Promise<void> {
    const { pool, clock, random } = this.#options;
    const host = demoHostnames[randomIndex(random, demoHostnames.length)] ?? '';
    const requests = 1 + randomIndex(random, longestVisit);
    const tooLong = new AbortController();
    const timer = clock.after(visitTimeoutMs, () => tooLong.abort(new Error('the visit took too long')));
    const signal = AbortSignal.any([this.#stop.signal, tooLong.signal]);
    try {
      using lease = await pool.acquire(host, { priority: 'background', signal });
      for (let request = 0; request < requests; request += 1) {
        if (request > 0) {
          await sleep(clock, random.next() * longestPauseMs, signal);
        }
        const response = await lease.request({ method: 'GET', path: this.#path(host), signal });
        await response.body.arrayBuffer();
        this.#requests += 1;
      }
    } catch {
      this.#failures += this.#stop.signal.aborted ? 0 : 1;
    } finally {
      timer.cancel();
    }
  }

  #path(host: string): string {
    const { random } = this.#options;
    if (host.startsWith('tiles.')) {
      return `/tiles/${randomIndex(random, 15)}/${randomIndex(random, 1_000)}/${randomIndex(random, 1_000)}`;
    }
    return host.startsWith('api.') ? `/v1/items/${1 + randomIndex(random, 500)}` : '/';
  }
}
