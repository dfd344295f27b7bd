/**
 * All leases that are held; those held longer than the threshold are told, once, with their place. Not a list in the order
 * of their acquire: taking one out of such a list touches its two neighbours, which among thousands are never in the
 * processor's cache.
 */
import type { Lease } from './lease.ts';
import type { PoolContext } from './pool-context.ts';

export class LeakWatch {
  readonly #context: PoolContext;
  readonly #onPlaceUnknown: () => void;
  readonly #held: Lease[] = [];
  /** None that is not overdue yet began before; monotonic. */
  #oldestMs = Number.NEGATIVE_INFINITY;
  /** Those that have been told and are still held. */
  readonly #overdue = new Set<Lease>();

  /** `onPlaceUnknown` is called for a leak whose place was not sampled. */
  constructor(context: PoolContext, onPlaceUnknown: () => void) {
    this.#context = context;
    this.#onPlaceUnknown = onPlaceUnknown;
  }

  /** Leases over the threshold that have not been released. */
  get overdue(): number {
    return this.#overdue.size;
  }

  /** Those on one connection, the oldest first. */
  overdueOn(connectionId: number): readonly Lease[] {
    const found = [...this.#overdue].filter((lease) => lease.connectionId === connectionId);
    return found.sort((one, other) => one.sinceMs - other.sinceMs);
  }

  begin(lease: Lease): void {
    lease.heldAt = this.#held.length;
    this.#held.push(lease);
  }

  /** The last takes the place of the one that goes. */
  end(lease: Lease): void {
    const last = this.#held.pop();
    if (last && last !== lease) {
      this.#held[lease.heldAt] = last;
      last.heldAt = lease.heldAt;
    }
    if (this.#overdue.size > 0) {
      this.#overdue.delete(lease);
    }
  }

  /** Once a second. They are looked through only when one may have come of age. */
  tick(nowMs: number): void {
    const { leakThresholdMs } = this.#context.settings.pool;
    if (nowMs - this.#oldestMs < leakThresholdMs) {
      return;
    }
    this.#oldestMs = Math.floor(nowMs);
    const leaked: Lease[] = [];
    for (const lease of this.#held) {
      if (this.#overdue.has(lease)) {
        continue;
      }
      if (nowMs - lease.sinceMs >= leakThresholdMs) {
        leaked.push(lease);
      } else {
        this.#oldestMs = Math.min(this.#oldestMs, lease.sinceMs);
      }
    }
    for (const lease of leaked.sort((one, other) => one.sinceMs - other.sinceMs)) {
      this.#overdue.add(lease);
      this.#tell(lease, leakThresholdMs);
    }
  }

  #tell(lease: Lease, thresholdMs: number): void {
    const place = lease.acquiredAt;
    if (!place) {
      this.#onPlaceUnknown();
    }
    const told = { host: lease.host, ip: lease.ip, thresholdMs, acquiredAt: place };
    this.#context.events.emit('warn', 'lease.leaked', String(lease.connectionId), told);
  }
}
