/** Leases from their issue to their return: what they count, where they were acquired, and which are forgotten. */
import { readRetryAfter } from '../dial/probe-answer.ts';
import { statusVerdict } from '../health/status-classes.ts';
import type { ExchangeEnd } from './exchange.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import { LeakWatch } from './leak-watch.ts';
import { Lease, type LeaseKeeper, type ReleaseOutcome } from './lease.ts';
import type { LeaseRecycler } from './lease-recycler.ts';
import type { PoolContext } from './pool-context.ts';

/** One lease in so many remembers where it was acquired, since a stack costs more than the acquire; at log level debug, each one. */
const sampledEvery = 2_048;
/** After a leak from an unknown place each one does for so long. */
const watchfulMs = 600_000;

export class LeaseDesk implements LeaseKeeper {
  readonly #context: PoolContext;
  readonly #recycler: LeaseRecycler;
  readonly #inspector: Inspector;
  /** A host's floor may be short since a lease has taken from it. */
  readonly #onTaken: (host: HostPool) => void;
  readonly #leaks: LeakWatch;
  #untilSample = 0;
  /** Until then every lease remembers. */
  #watchfulUntilMs = Number.NEGATIVE_INFINITY;

  constructor(
    context: PoolContext,
    parts: { readonly recycler: LeaseRecycler; readonly inspector: Inspector },
    onTaken: (host: HostPool) => void,
  ) {
    this.#context = context;
    this.#recycler = parts.recycler;
    this.#inspector = parts.inspector;
    this.#onTaken = onTaken;
    this.#leaks = new LeakWatch(context, () => {
      this.#watchfulUntilMs = Math.max(this.#watchfulUntilMs, context.nowMs() + watchfulMs);
    });
  }

  /** `askedMs`: when the acquire was called. `place`: of {@link LeaseDesk.samplePlace}, from within that call. */
  issue(connection: HotConnection, nowMs: number, askedMs: number, place: Error | null): Lease {
    const { manager, recorder, settings } = this.#context;
    const reused = connection.leases > 0;
    manager.lease(connection, nowMs);
    recorder.lease(nowMs - askedMs, reused);
    const lease = new Lease(connection, this, nowMs, place);
    this.#leaks.begin(lease);
    this.#context.changed(connection);
    if (settings.pool.minIdlePerHost > 0) {
      this.#onTaken(connection.host);
    }
    return lease;
  }

  /** Called where the caller's stack is still below. */
  samplePlace(nowMs: number): Error | null {
    if (this.#untilSample > 0 && nowMs >= this.#watchfulUntilMs && !this.#context.debugging) {
      this.#untilSample -= 1;
      return null;
    }
    this.#untilSample = sampledEvery - 1;
    return new Error('acquired');
  }

  giveBack(lease: Lease, outcome: ReleaseOutcome): Promise<void> | null {
    this.#leaks.end(lease);
    return this.#recycler.giveBack(lease, outcome, this.#context.nowMs());
  }

  /** Of one connection, the oldest first. */
  overdueOn(connectionId: number): readonly Lease[] {
    return this.#leaks.overdueOn(connectionId);
  }

  /** Leases held longer than `leak_threshold`. */
  get overdue(): number {
    return this.#leaks.overdue;
  }

  /** Once a second. */
  watchLeaks(): void {
    this.#leaks.tick(this.#context.nowMs());
  }

  requestFinished(
    lease: Lease,
    end: ExchangeEnd,
    responseMs: number,
    status: number | null,
    error: Error | null,
  ): void {
    if (end === 'aborted') {
      return;
    }
    const { connection } = lease;
    const { upstream } = connection;
    const restMs = end === 'good' ? 0 : upstream.restUntilMs - this.#context.nowMs();
    const retryAfterMs = restMs > 0 ? restMs : null;
    if (this.#context.health(upstream).requested({ end, status, responseMs, error, retryAfterMs })) {
      lease.doubted = true;
    }
    this.#context.recorder.request(end === 'good', responseMs);
    connection.host.second.request(end === 'good', responseMs);
    if (end === 'broken') {
      // How fast it broke says nothing about how fast it answers.
      connection.faults += 1;
    } else {
      connection.lastResponseMs = responseMs;
      connection.upstream.responded(responseMs);
    }
    if (end !== 'good') {
      connection.errors += 1;
    }
    this.#context.changed(connection);
  }

  /** Obeyed as when a check or a validation meets it. With another status (a redirect's, RFC 9110) it is the caller's business. */
  askedToWait({ connection }: Lease, status: number, retryAfter: string | string[]): void {
    const { clock, settings } = this.#context;
    const retryAfterMs = readRetryAfter(retryAfter, clock.epochMs());
    if (retryAfterMs !== null && statusVerdict(status, settings.health) === 'busy') {
      this.#inspector.leaveAlone(connection.upstream, retryAfterMs);
    }
  }

  isGood(status: number): boolean {
    return statusVerdict(status, this.#context.settings.health) === 'good';
  }

  misused(): void {
    this.#watchfulUntilMs = Number.POSITIVE_INFINITY;
  }

  nowMs(): number {
    return this.#context.nowMs();
  }
}
