/**
 * Who waits for a connection of one host: first in, first out within each of two priorities.
 *
 *     any endpoint      interactive  ●─●─●     one endpoint (acquireIp)   interactive  ●
 *                       background   ●─●                                  background
 *
 * A connection that is free goes to the oldest interactive waiter that it can serve; after sixteen of those in a row, to
 * the oldest background one. Adding, cancelling and serving cost O(1).
 */
import type { Due } from './deadlines.ts';
import type { HostPool } from './host-pool.ts';
import type { Lease } from './lease.ts';
import { type Linked, LinkedList } from './linked-list.ts';
import type { Upstream } from './upstream.ts';

export const acquirePriorities = ['interactive', 'background'] as const;
export type AcquirePriority = (typeof acquirePriorities)[number];

const interactiveInARow = 16;
/** A rate is measured over at most this time, in slices of a second. */
const rateSeconds = 10;

export interface WaiterSeed {
  readonly host: HostPool;
  readonly priority: AcquirePriority;
  /** Serves only from this endpoint; null: from any. */
  readonly upstream: Upstream | null;
  /** The connection must be good for this path; null: for any. */
  readonly path: string | null;
  readonly sinceMs: number;
  /** The place of the acquire; null when it was not sampled. */
  readonly place: Error | null;
}

/**
 * One who waits. Thousands may, each served when it has long left the processor's caches: all that it holds is what its
 * turn needs, and that comes first.
 */
export class Waiter implements Linked<Waiter>, Due<Waiter> {
  before: Waiter | null = null;
  after: Waiter | null = null;
  readonly host: HostPool;
  readonly upstream: Upstream | null;
  readonly path: string | null;
  readonly priority: AcquirePriority;
  /** `matched`: not in the queue, because a connection is being validated for its path, or before it joins. */
  state: 'queued' | 'matched' | 'settled' = 'matched';
  dueIn: Due<Waiter>['dueIn'] = null;
  dueBefore: Waiter | null = null;
  dueAfter: Waiter | null = null;
  stopListening: (() => void) | null = null;
  readonly sinceMs: number;
  readonly place: Error | null;
  /** Also for a refusal: a function of its own for that would be one more to carry for each who waits. */
  #resolve: ((outcome: Lease | Promise<never>) => void) | null = null;
  /** Its turn; a waiter that is put back keeps it. */
  order = 0;
  /** Connections that turned out to be of no use for its path. */
  attempts = 0;

  constructor({ host, priority, upstream, path, sinceMs, place }: WaiterSeed) {
    this.host = host;
    this.upstream = upstream;
    this.path = path;
    this.priority = priority;
    this.sinceMs = sinceMs;
    this.place = place;
  }

  /** What the caller waits for; asked for once. */
  granted(): Promise<Lease> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  grant(lease: Lease): void {
    this.#resolve?.(lease);
  }

  refuse(reason: unknown): void {
    this.#resolve?.(Promise.reject(reason));
  }
}

class Lanes {
  readonly interactive = new LinkedList<Waiter>();
  readonly background = new LinkedList<Waiter>();

  get length(): number {
    return this.interactive.length + this.background.length;
  }
}

export class WaiterQueue {
  readonly #any = new Lanes();
  readonly #bound = new Map<Upstream, Lanes>();
  #length = 0;
  /** Of these, in the background. */
  #background = 0;
  #order = 0;
  /** Interactive ones served in a row while one in the background could have been. */
  #interactiveRun = 0;
  readonly #rate = new ServiceRate();

  get length(): number {
    return this.#length;
  }

  /** Of all who wait, in the background. */
  get background(): number {
    return this.#background;
  }

  /** Since when the one who has waited longest has waited; null when nobody waits. */
  get longestSinceMs(): number | null {
    let sinceMs: number | null = null;
    for (const { interactive, background } of [this.#any, ...this.#bound.values()]) {
      for (const { head } of [interactive, background]) {
        sinceMs = head ? Math.min(head.sinceMs, sinceMs ?? head.sinceMs) : sinceMs;
      }
    }
    return sinceMs;
  }

  /** Waiting for any endpoint. */
  get unbound(): number {
    return this.#any.length;
  }

  /** Endpoints that somebody waits for by name. */
  boundUpstreams(): Iterable<Upstream> {
    return this.#bound.keys();
  }

  boundTo(upstream: Upstream): number {
    return this.#bound.get(upstream)?.length ?? 0;
  }

  add(waiter: Waiter): void {
    if (this.#length === 0) {
      this.#rate.begin(waiter.sinceMs);
    }
    this.#order += 1;
    waiter.order = this.#order;
    waiter.state = 'queued';
    this.#lane(waiter).push(waiter);
    this.#count(waiter, 1);
  }

  /** Puts a matched waiter back where its turn was: before everyone who came after it. */
  putBack(waiter: Waiter): void {
    waiter.state = 'queued';
    const lane = this.#lane(waiter);
    let next = lane.head;
    while (next && next.order < waiter.order) {
      next = next.after;
    }
    if (next) {
      lane.insertBefore(next, waiter);
    } else {
      lane.push(waiter);
    }
    this.#count(waiter, 1);
  }

  /** Takes out a waiter that is in the queue. */
  remove(waiter: Waiter): void {
    waiter.state = 'matched';
    this.#lane(waiter).remove(waiter);
    this.#count(waiter, -1);
    if (waiter.upstream && this.boundTo(waiter.upstream) === 0) {
      this.#bound.delete(waiter.upstream);
    }
  }

  /** Takes out the one whose turn it is for a connection to `upstream`. */
  take(upstream: Upstream, nowMs: number): Waiter | null {
    if (this.#length === 0) {
      return null;
    }
    const bound = this.#bound.size === 0 ? undefined : this.#bound.get(upstream);
    const interactive = older(this.#any.interactive.head, bound?.interactive.head ?? null);
    const background = older(this.#any.background.head, bound?.background.head ?? null);
    const turn = background && (!interactive || this.#interactiveRun >= interactiveInARow) ? background : interactive;
    if (!turn) {
      return null;
    }
    if (turn === background || this.#background === 0) {
      this.#interactiveRun = 0;
    } else if (background) {
      this.#interactiveRun += 1;
    }
    this.remove(turn);
    this.#rate.served(nowMs);
    return turn;
  }

  /** The oldest that waits for `upstream`, or for any endpoint when it is null; it stays in the queue. */
  oldest(upstream: Upstream | null): Waiter | null {
    const lanes = upstream ? this.#bound.get(upstream) : this.#any;
    return lanes ? older(lanes.interactive.head, lanes.background.head) : null;
  }

  /** Those who wait for a connection that is good for this path. */
  forPath(path: string): readonly Waiter[] {
    const found: Waiter[] = [];
    for (const lanes of [this.#any, ...this.#bound.values()]) {
      for (const lane of [lanes.interactive, lanes.background]) {
        for (let waiter = lane.head; waiter; waiter = waiter.after) {
          if (waiter.path === path) {
            found.push(waiter);
          }
        }
      }
    }
    return found;
  }

  /** Any waiter; for refusing them all. */
  first(): Waiter | null {
    for (const lanes of this.#bound.values()) {
      return older(lanes.interactive.head, lanes.background.head);
    }
    return older(this.#any.interactive.head, this.#any.background.head);
  }

  /**
   * How long one who joined now would wait for his turn, by the rate of the last 10 s; null while that cannot be told:
   * nobody waits, nobody was served yet, or the queue has stood for less than a second. `growth`, 1 or more: the rate is
   * about to be so much higher.
   */
  expectedWaitMs(priority: AcquirePriority, nowMs: number, growth = 1): number | null {
    const perSecond = this.#length === 0 ? null : this.#rate.perSecond(nowMs);
    return perSecond === null ? null : (this.#turnOf(priority) / (perSecond * growth)) * 1000;
  }

  /** The place in the order of service of one who joined now. */
  #turnOf(priority: AcquirePriority): number {
    const background = this.#background;
    const interactive = this.#length - background;
    if (priority === 'interactive') {
      return interactive + 1 + Math.min(background, Math.floor(interactive / interactiveInARow));
    }
    return background + 1 + Math.min(interactive, interactiveInARow * (background + 1));
  }

  #count({ priority, host }: Waiter, change: 1 | -1): void {
    this.#length += change;
    host.waiting += change;
    if (priority === 'background') {
      this.#background += change;
    }
  }

  #lane(waiter: Waiter): LinkedList<Waiter> {
    return laneOf(waiter.upstream ? this.#boundLanes(waiter.upstream) : this.#any, waiter.priority);
  }

  #boundLanes(upstream: Upstream): Lanes {
    let lanes = this.#bound.get(upstream);
    if (!lanes) {
      lanes = new Lanes();
      this.#bound.set(upstream, lanes);
    }
    return lanes;
  }
}

function laneOf(lanes: Lanes, priority: AcquirePriority): LinkedList<Waiter> {
  return priority === 'interactive' ? lanes.interactive : lanes.background;
}

function older(one: Waiter | null, other: Waiter | null): Waiter | null {
  if (!one || !other) {
    return one ?? other;
  }
  return one.order < other.order ? one : other;
}

/** Served waiters a second while a queue stands: an idle host's rate says what was asked, not what it can do. */
class ServiceRate {
  readonly #slices = new Uint32Array(rateSeconds);
  #beganMs = 0;
  #second = 0;
  #sum = 0;

  begin(nowMs: number): void {
    this.#beganMs = nowMs;
    this.#second = Math.floor(nowMs / 1000);
    if (this.#sum > 0) {
      this.#slices.fill(0);
      this.#sum = 0;
    }
  }

  served(nowMs: number): void {
    this.#moveTo(nowMs);
    const slice = this.#second % rateSeconds;
    this.#slices[slice] = (this.#slices[slice] ?? 0) + 1;
    this.#sum += 1;
  }

  perSecond(nowMs: number): number | null {
    this.#moveTo(nowMs);
    const elapsedMs = Math.min(nowMs - this.#beganMs, rateSeconds * 1000);
    return elapsedMs < 1000 || this.#sum === 0 ? null : this.#sum / (elapsedMs / 1000);
  }

  #moveTo(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const missed = Math.min(second - this.#second, rateSeconds);
    for (let ahead = 1; ahead <= missed; ahead += 1) {
      const slice = (this.#second + ahead) % rateSeconds;
      this.#sum -= this.#slices[slice] ?? 0;
      this.#slices[slice] = 0;
    }
    this.#second = second;
  }
}
