/** Leases in the order of their acquire; those held longer than the threshold are told, once, with their place. */
import type { Lease } from './lease.ts';
import { LinkedList } from './linked-list.ts';
import type { PoolContext } from './pool-context.ts';

export class LeakWatch {
  readonly #context: PoolContext;
  readonly #onPlaceUnknown: () => void;
  readonly #held = new LinkedList<Lease>();
  /** Leases over the threshold that have not been released. */
  overdue = 0;

  /** `onPlaceUnknown` is called for a leak whose place was not sampled. */
  constructor(context: PoolContext, onPlaceUnknown: () => void) {
    this.#context = context;
    this.#onPlaceUnknown = onPlaceUnknown;
  }

  begin(lease: Lease): void {
    this.#held.push(lease);
  }

  end(lease: Lease): void {
    if (lease.overdue) {
      lease.overdue = false;
      this.overdue -= 1;
    } else {
      this.#held.remove(lease);
    }
  }

  /** Once a second. */
  tick(nowMs: number): void {
    const { leakThresholdMs } = this.#context.settings.pool;
    for (let lease = this.#held.head; lease && nowMs - lease.sinceMs >= leakThresholdMs; lease = this.#held.head) {
      this.#held.remove(lease);
      lease.overdue = true;
      this.overdue += 1;
      this.#tell(lease, leakThresholdMs);
    }
  }

  #tell(lease: Lease, thresholdMs: number): void {
    const place = lease.acquiredAt;
    if (!place) {
      this.#onPlaceUnknown();
    }
    this.#context.events.emit(
      'warn',
      'lease.leaked',
      String(lease.connectionId),
      `connection ${lease.connectionId} to ${lease.host} has been leased for more than ${thresholdMs} ms` +
        (place
          ? `, acquired at ${place}`
          : '; the place of its acquire was not sampled, those of the next ten minutes are'),
      { host: lease.host, ip: lease.ip, acquiredAt: place },
    );
  }
}
