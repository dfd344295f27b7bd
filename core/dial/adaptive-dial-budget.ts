/**
 * All dials draw on this one budget. Its ceiling follows the machine: additive increase while dials wait for a place,
 * halved when the event loop is late, failures rise, or dials take longer than they did. What makes the loop late is handshakes that compute at once, not
 * dials that wait on the network, so no fixed number is right everywhere.
 */

import type { Clock, Timer } from '../base/clock.ts';
import { prefixOfIp } from '../base/ip-prefix.ts';
import type { DialSettings } from '../config/settings.ts';
import { type DialBudget, type DialPermit, type DialPriority, dialPriorities } from './dial-budget.ts';
import { DialPace } from './dial-pace.ts';
import type { Endpoint } from './endpoint.ts';
import { TokenBucket } from './token-bucket.ts';
import { TurnBrake } from './turn-brake.ts';

export interface AdaptiveDialBudgetOptions {
  readonly clock: Clock;
  readonly settings: DialSettings;
  /** The event loop's delay over the last second or so, p99. */
  readonly loopDelayP99Ms: () => number;
}

/** Dials of one host and one prefix: they share the limits, so the first of them stands for all. */
interface Lane {
  readonly key: string;
  readonly host: string;
  /** '' while prefixes are not limited. */
  readonly prefix: string;
  /** In order of arrival: a Set keeps it, and gives up a member in O(1). */
  readonly waiters: Set<Waiter>;
}

interface Waiter {
  readonly order: number;
  readonly endpoint: Endpoint;
  readonly priority: DialPriority;
  readonly signal: AbortSignal;
  lane: Lane;
  readonly onAbort: () => void;
  readonly resolve: (permit: DialPermit) => void;
}

/** How often the pace is judged. */
const paceIntervalMs = 500;

export class AdaptiveDialBudget implements DialBudget {
  readonly #clock: Clock;
  readonly #pace: DialPace;
  readonly #brake: TurnBrake;
  readonly #loopDelayP99Ms: () => number;
  #bucket: TokenBucket;
  #settings: DialSettings;
  readonly #lanes: Readonly<Record<DialPriority, Map<string, Lane>>> = {
    acquire: new Map(),
    recovery: new Map(),
    refill: new Map(),
    'warm-up': new Map(),
  };
  readonly #perHost = new Map<string, number>();
  readonly #perPrefix = new Map<string, number>();
  #inFlight = 0;
  #waiting = 0;
  #arrivals = 0;
  #tokenTimer: Timer | null = null;
  #paceTimer: Timer | null = null;

  constructor(options: AdaptiveDialBudgetOptions) {
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#loopDelayP99Ms = options.loopDelayP99Ms;
    this.#pace = new DialPace(options.settings);
    this.#brake = new TurnBrake(options.clock, () => this.#serve());
    this.#bucket = new TokenBucket(options.settings.ratePerSecond, this.#clock.monotonicMs());
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get concurrency(): number {
    return this.#pace.concurrency;
  }

  take(endpoint: Endpoint, priority: DialPriority, signal: AbortSignal): Promise<DialPermit> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        this.#leave(waiter);
        reject(signal.reason);
      };
      this.#arrivals += 1;
      const lane = this.#lane(endpoint, priority);
      const waiter: Waiter = { order: this.#arrivals, endpoint, priority, lane, signal, onAbort, resolve };
      signal.addEventListener('abort', onAbort, { once: true });
      lane.waiters.add(waiter);
      this.#waiting += 1;
      this.#serve();
    });
  }

  /** Takes effect at once; dials that have begun are not ended by a lower limit. */
  update(settings: DialSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    this.#pace.update(settings);
    if (settings.ratePerSecond !== before.ratePerSecond) {
      this.#bucket = new TokenBucket(settings.ratePerSecond, this.#clock.monotonicMs());
    }
    if (settings.perPrefixConcurrency > 0 !== before.perPrefixConcurrency > 0) {
      this.#sortAnew();
    }
    this.#serve();
  }

  #serve(): void {
    while (this.#waiting > 0 && this.#inFlight < this.#pace.concurrency) {
      const next = this.#next();
      if (!next || !this.#takeToken()) {
        break;
      }
      this.#grant(next);
    }
    if (this.#waiting > 0 && this.#inFlight >= this.#pace.concurrency) {
      this.#pace.full();
    }
    this.#armPace();
  }

  /** The longest waiting of the first priority that has one whose host and prefix have a place left. */
  #next(): Waiter | null {
    for (const priority of dialPriorities) {
      if (!this.#mayBegin(priority)) {
        break;
      }
      if (this.#lanes[priority].size === 0) {
        continue;
      }
      let first: Waiter | null = null;
      for (const lane of this.#lanes[priority].values()) {
        const waiter = lane.waiters.values().next().value;
        if (waiter && (!first || waiter.order < first.order) && this.#hasPlace(lane)) {
          first = waiter;
        }
      }
      if (first) {
        return first;
      }
    }
    return null;
  }

  /** Who waits for a connection is not held back by the brake, and one dial is always in flight. */
  #mayBegin(priority: DialPriority): boolean {
    return (
      priority === 'acquire' ||
      priority === 'recovery' ||
      this.#inFlight === 0 ||
      this.#pace.isFixed ||
      this.#brake.mayBegin
    );
  }

  #hasPlace({ host, prefix }: Lane): boolean {
    const { perHostConcurrency, perPrefixConcurrency } = this.#settings;
    return (
      (perHostConcurrency === 0 || (this.#perHost.get(host) ?? 0) < perHostConcurrency) &&
      (perPrefixConcurrency === 0 || (this.#perPrefix.get(prefix) ?? 0) < perPrefixConcurrency)
    );
  }

  #takeToken(): boolean {
    const waitMs = this.#bucket.take(this.#clock.monotonicMs());
    if (waitMs > 0) {
      this.#tokenTimer ??= this.#clock.after(waitMs, () => {
        this.#tokenTimer = null;
        this.#serve();
      });
    }
    return waitMs === 0;
  }

  #grant(waiter: Waiter): void {
    this.#leave(waiter);
    waiter.signal.removeEventListener('abort', waiter.onAbort);
    const host = waiter.endpoint.host.name;
    // Counted even where prefixes are not limited now: they may be before this dial ends.
    const prefix = prefixOfIp(waiter.endpoint.ip);
    add(this.#perHost, host, 1);
    add(this.#perPrefix, prefix, 1);
    this.#inFlight += 1;
    this.#brake.begun();
    let released = false;
    waiter.resolve({
      release: ({ ok, durationMs }) => {
        if (released) {
          return;
        }
        released = true;
        add(this.#perHost, host, -1);
        add(this.#perPrefix, prefix, -1);
        this.#inFlight -= 1;
        this.#pace.ended(host, ok, durationMs);
        this.#serve();
      },
    });
  }

  #lane(endpoint: Endpoint, priority: DialPriority): Lane {
    const host = endpoint.host.name;
    const prefix = this.#settings.perPrefixConcurrency > 0 ? prefixOfIp(endpoint.ip) : '';
    const key = `${host}|${prefix}`;
    const lanes = this.#lanes[priority];
    let lane = lanes.get(key);
    if (!lane) {
      lane = { key, host, prefix, waiters: new Set() };
      lanes.set(key, lane);
    }
    return lane;
  }

  #leave(waiter: Waiter): void {
    const { lane, priority } = waiter;
    lane.waiters.delete(waiter);
    this.#waiting -= 1;
    if (lane.waiters.size === 0) {
      this.#lanes[priority].delete(lane.key);
    }
  }

  /** Prefixes begin or cease to count: everyone goes to another lane and keeps the order of arrival. */
  #sortAnew(): void {
    for (const lanes of Object.values(this.#lanes)) {
      const waiters = [...lanes.values()].flatMap((lane) => [...lane.waiters]).sort((a, b) => a.order - b.order);
      lanes.clear();
      for (const waiter of waiters) {
        waiter.lane = this.#lane(waiter.endpoint, waiter.priority);
        waiter.lane.waiters.add(waiter);
      }
    }
  }

  /** The pace is judged only while there is something to judge: an idle engine has no timer here. */
  #armPace(): void {
    if (this.#paceTimer || (this.#inFlight === 0 && this.#waiting === 0)) {
      return;
    }
    this.#paceTimer = this.#clock.after(paceIntervalMs, () => {
      this.#paceTimer = null;
      this.#pace.judge(this.#loopDelayP99Ms());
      this.#serve();
    });
  }
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) {
    counts.delete(key);
  } else {
    counts.set(key, count);
  }
}
