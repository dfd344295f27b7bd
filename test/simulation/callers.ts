/** Those who use the pool: each acquire from its call to its end, each lease from its grant to its release. */
import { getEventListeners } from 'node:events';
import type { Clock } from '../../core/base/clock.ts';
import type { AcquireOptions, HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import type { Lease, ReleaseOutcome } from '../../core/pool/lease.ts';
import { LeaseEndedError } from '../../core/pool/pool-errors.ts';
import type { AcquirePriority } from '../../core/pool/waiter-queue.ts';
import { CallerExchange } from './caller-exchange.ts';
import type { ConnectionsWatch } from './connections-watch.ts';
import type { Fairness, Turn } from './fairness.ts';
import { GrantJudge } from './grant-judge.ts';
import type { Permission } from './permission.ts';
import type { Referee } from './referee.ts';
import { RefusalJudge } from './refusal-judge.ts';
import type { SimulatedDirectory } from './simulated-directory.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** What is asked for: any connection of a host; with a path, one good for that URL; with an IP as well, one to that IP. */
export interface Wish {
  readonly host: string;
  readonly path: string | null;
  readonly ip: string | null;
  readonly priority: AcquirePriority;
  /** null: the pool's own. */
  readonly timeoutMs: number | null;
  readonly abortable: boolean;
}

export interface Acquisition extends Turn {
  readonly wish: Wish;
  readonly deadlineMs: number;
  readonly controller: AbortController | null;
}

export interface Holding {
  readonly lease: Lease;
  exchange: CallerExchange | null;
}

export interface CallerParts {
  readonly clock: Clock;
  readonly referee: Referee;
  readonly fairness: Fairness;
  readonly watch: ConnectionsWatch;
  readonly network: SimulatedNetwork;
  readonly permission: Permission;
  readonly directory: SimulatedDirectory;
}

/** Rounding of times that were added up. */
const epsilonMs = 1e-6;

export class Callers {
  readonly waiting = new Set<Acquisition>();
  readonly holdings: Holding[] = [];
  /** Leases that were released, for those who do it again. */
  readonly released: Lease[] = [];
  /** Leases granted, of them on a connection that had served before, and given back. */
  granted = 0;
  reused = 0;
  releases = 0;
  readonly refusals = new Map<string, number>();
  /** The pool was told to close: an acquire may be refused for it. */
  closing = false;
  /** And what it granted before has arrived. */
  closed = false;
  /** Everybody gives back at once what he gets. */
  generous = false;
  readonly #parts: CallerParts;
  readonly #pool: HotConnPool;
  readonly #grants: GrantJudge;
  readonly #refusalJudge: RefusalJudge;
  readonly #served = new Set<number>();
  #lastId = 0;

  constructor(pool: HotConnPool, parts: CallerParts) {
    this.#pool = pool;
    this.#parts = parts;
    this.#grants = new GrantJudge(parts);
    this.#refusalJudge = new RefusalJudge(parts, this);
  }

  /** Returns the number of the acquisition. */
  acquire(wish: Wish): number {
    const startedMs = this.#parts.clock.monotonicMs();
    const controller = wish.abortable ? new AbortController() : null;
    this.#lastId += 1;
    const acquisition: Acquisition = {
      id: this.#lastId,
      host: wish.host,
      priority: wish.priority,
      wish,
      deadlineMs: startedMs + (wish.timeoutMs ?? this.#parts.watch.settings.pool.acquireTimeoutMs),
      controller,
    };
    const options: AcquireOptions = {
      priority: wish.priority,
      ...(wish.timeoutMs === null ? {} : { timeoutMs: wish.timeoutMs }),
      ...(controller ? { signal: controller.signal } : {}),
    };
    this.waiting.add(acquisition);
    if (wish.path === null) {
      this.#parts.fairness.joined(acquisition);
    }
    this.#ask(wish, options).then(
      (lease) => this.#onGranted(acquisition, lease),
      (reason: unknown) => this.#onRefused(acquisition, reason),
    );
    return acquisition.id;
  }

  abort(acquisition: Acquisition): void {
    acquisition.controller?.abort(new Error(`#${acquisition.id} was given up`));
    // It has lost its turn now, though its promise says so a little later.
    this.#parts.fairness.left(acquisition);
  }

  release(holding: Holding, outcome: ReleaseOutcome): void {
    const { lease, exchange } = holding;
    const { watch, network } = this.#parts;
    this.holdings.splice(this.holdings.indexOf(holding), 1);
    watch.leased(lease.connectionId, -1);
    network.transport(lease.connectionId)?.used();
    this.releases += 1;
    this.released.push(lease);
    exchange?.leaseEnds();
    if (outcome === 'ok') {
      this.#pool.release(lease);
    } else {
      lease.release(outcome);
    }
  }

  /** Uses a lease that was released before. */
  misuse(lease: Lease, again: 'release' | 'request'): void {
    try {
      if (again === 'release') {
        lease.release();
      } else {
        lease.dispatcher();
      }
    } catch (error) {
      if (error instanceof LeaseEndedError) {
        return;
      }
    }
    this.#parts.referee.fail('a lease that was released cannot be used again', `${again} on ${lease.connectionId}`);
  }

  request(holding: Holding, path: string): void {
    const exchange = new CallerExchange(this.#parts.referee, holding.lease.connectionId);
    holding.exchange = exchange;
    holding.lease.dispatcher().dispatch({ method: 'GET', path }, exchange);
  }

  /** Nobody waits beyond his deadline. */
  verifyDeadlines(): void {
    const nowMs = this.#parts.clock.monotonicMs();
    for (const { id, wish, deadlineMs } of this.waiting) {
      if (nowMs > deadlineMs + epsilonMs) {
        const whom = wish.ip ?? wish.path ?? 'anything';
        const late = nowMs - deadlineMs;
        this.#parts.referee.fail(
          'every acquire is settled by its deadline',
          `#${id} (${wish.host}, ${whom}) is ${late} ms late`,
        );
      }
    }
  }

  #ask({ host, path, ip }: Wish, options: AcquireOptions): Promise<Lease> {
    if (path === null) {
      return this.#pool.acquire(host, options);
    }
    const url = `https://${host}${path}`;
    return ip === null ? this.#pool.acquireUrl(url, options) : this.#pool.acquireIp(url, ip, options);
  }

  #onGranted(acquisition: Acquisition, lease: Lease): void {
    const { fairness, watch, referee } = this.#parts;
    if (!this.#settled(acquisition)) {
      return;
    }
    if (acquisition.wish.path === null) {
      fairness.served(acquisition);
    }
    if (this.closed) {
      referee.fail('a closed pool hands out nothing', `#${acquisition.id}`);
    }
    const id = lease.connectionId;
    this.granted += 1;
    this.reused += this.#served.has(id) ? 1 : 0;
    this.#served.add(id);
    watch.leased(id, 1);
    this.#grants.judge(acquisition, lease);
    const holding: Holding = { lease, exchange: null };
    this.holdings.push(holding);
    if (this.generous) {
      this.release(holding, 'ok');
    }
  }

  #onRefused(acquisition: Acquisition, reason: unknown): void {
    if (!this.#settled(acquisition)) {
      return;
    }
    if (acquisition.wish.path === null) {
      this.#parts.fairness.left(acquisition);
    }
    const word = this.#refusalJudge.judge(acquisition, reason);
    this.refusals.set(word, (this.refusals.get(word) ?? 0) + 1);
  }

  #settled(acquisition: Acquisition): boolean {
    const { referee } = this.#parts;
    const { controller, id } = acquisition;
    if (!this.waiting.delete(acquisition)) {
      referee.fail('every acquire is settled once', `#${id}`);
      return false;
    }
    if (controller && getEventListeners(controller.signal, 'abort').length > 0) {
      referee.fail('no abort listener is left behind', `on the signal of #${id}`);
    }
    return true;
  }
}
