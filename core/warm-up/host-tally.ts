/** What is known of one host of a run. */

import type { WarmUpHostPlan } from '../contract/warm-up-plan.ts';
import type { LostConnections, UsualTimes, WarmUpHostRun, WarmUpRun } from '../contract/warm-up-run.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import type { OpenedConnection } from '../pool/pool-ports.ts';
import { ErrorGroups } from './error-groups.ts';
import { forbiddenIps } from './host-outlook.ts';
import { PartTimes } from './part-times.ts';
import { deviationOf, UsualComparison } from './usual-comparison.ts';

export class HostTally {
  readonly host: HostName;
  readonly #times = new PartTimes();
  readonly #errors = new ErrorGroups();
  /** How many are ready at each endpoint. */
  readonly #readyAt = new Map<string, { readonly endpoint: Endpoint; count: number }>();
  #ready = 0;
  /** null until it has been planned. */
  #plan: WarmUpHostPlan | null = null;
  #comparison: UsualComparison = new UsualComparison(new Map());
  dialing = 0;
  #failed = 0;
  #cancelled = 0;

  constructor(host: HostName) {
    this.host = host;
  }

  get plan(): WarmUpHostPlan | null {
    return this.#plan;
  }

  get total(): number {
    return this.#plan?.fits ?? 0;
  }

  get ready(): number {
    return this.#ready;
  }

  get done(): number {
    return this.ready + this.#failed;
  }

  /** The class of failure that is most frequent; null while there is none. */
  get failure(): WarmUpRun['errors'][number] | null {
    return this.#errors.toGroups()[0] ?? null;
  }

  /** Places in the pool that it has been given and has not dialled yet. */
  get waiting(): number {
    return this.total - this.ready - this.#failed - this.#cancelled - this.dialing;
  }

  /** Of its ready connections, those that could be held against what is usual. */
  get comparison(): UsualComparison {
    return this.#comparison;
  }

  /** `usual`: at this moment, so that the run is not compared with itself. */
  planned(plan: WarmUpHostPlan, usual: ReadonlyMap<number, UsualTimes>): void {
    this.#plan = plan;
    this.#comparison = new UsualComparison(usual);
  }

  succeeded(endpoint: Endpoint, opened: OpenedConnection): void {
    const key = `${endpoint.ip}|${endpoint.port}`;
    const known = this.#readyAt.get(key);
    if (known) {
      known.count += 1;
    } else {
      this.#readyAt.set(key, { endpoint, count: 1 });
    }
    this.#ready += 1;
    this.#times.record(opened);
    this.#comparison.add(opened);
  }

  failed(error: ClassifiedError): void {
    this.#failed += 1;
    this.#errors.add(error.errorClass, error.message);
  }

  cancelled(): void {
    this.#cancelled += 1;
  }

  /** Of the places that were warmed, those that are warm: a connection that has grown old and was replaced counts on. */
  healthyNow(healthyTo: (endpoint: Endpoint) => number): number {
    return this.#readyAt
      .values()
      .reduce((healthy, { endpoint, count }) => healthy + Math.min(count, healthyTo(endpoint)), 0);
  }

  /** Places that were warmed and are not warm, by address. `lostAt` says why, of the first `most` of them. */
  lost(
    healthyTo: (endpoint: Endpoint) => number,
    lostAt: (endpoint: Endpoint) => Pick<LostConnections, 'why' | 'sinceMs'>,
    most: number,
  ): { readonly count: number; readonly examples: LostConnections[] } {
    const lost = [...this.#readyAt.values()]
      .map(({ endpoint, count }) => ({ endpoint, connections: count - Math.min(count, healthyTo(endpoint)) }))
      .filter(({ connections }) => connections > 0)
      .sort((one, other) => other.connections - one.connections);
    const examples = lost.slice(0, most).map(({ endpoint, connections }) => ({
      host: this.host.name,
      ip: endpoint.ip,
      connections,
      ...lostAt(endpoint),
    }));
    return { count: lost.length, examples };
  }

  toRun(healthyNow: number): WarmUpHostRun {
    const [worst] = this.#errors.toGroups();
    return {
      host: this.host.name,
      total: this.total,
      done: this.done,
      ready: this.ready,
      failed: this.#failed,
      healthyNow,
      clippedBy: this.#plan?.clippedBy ?? null,
      forbidden: this.#plan?.forbidden ?? forbiddenIps([]),
      error: this.#plan?.error ?? (worst ? { class: worst.class, message: worst.example } : null),
      times: this.#times.toParts(),
      baseline: this.#comparison.baseline,
      deviation: deviationOf([this.#comparison], this.ready),
    };
  }
}
