/** What is counted over one stretch of time; the formulas are those of the contract's `windowStatisticsSchema`. */
import type { WindowStatistics } from '../contract/statistics.ts';
import { Histogram } from './histogram.ts';

/** Connections that served, and that served more than once; told by the manager, who knows them. */
export interface ServedConnections {
  readonly served: number;
  readonly servedAgain: number;
}

export class Tally {
  successfulRequests = 0;
  failedRequests = 0;
  /** From request sent to response headers, or to the break. */
  readonly responses = new Histogram();
  leases = 0;
  reusingLeases = 0;
  releases = 0;
  readonly recycling = new Histogram();
  readonly waits = new Histogram();
  dials = 0;
  dialFailures = 0;
  fullHandshakes = 0;
  fullTlsSumMs = 0;
  coldSumMs = 0;
  resumedHandshakes = 0;
  resumedTlsSumMs = 0;
  checks = 0;
  checkFailures = 0;

  add(other: Tally): void {
    this.successfulRequests += other.successfulRequests;
    this.failedRequests += other.failedRequests;
    this.responses.add(other.responses);
    this.leases += other.leases;
    this.reusingLeases += other.reusingLeases;
    this.releases += other.releases;
    this.recycling.add(other.recycling);
    this.waits.add(other.waits);
    this.dials += other.dials;
    this.dialFailures += other.dialFailures;
    this.fullHandshakes += other.fullHandshakes;
    this.fullTlsSumMs += other.fullTlsSumMs;
    this.coldSumMs += other.coldSumMs;
    this.resumedHandshakes += other.resumedHandshakes;
    this.resumedTlsSumMs += other.resumedTlsSumMs;
    this.checks += other.checks;
    this.checkFailures += other.checkFailures;
  }

  clear(): void {
    this.successfulRequests = 0;
    this.failedRequests = 0;
    this.responses.clear();
    this.leases = 0;
    this.reusingLeases = 0;
    this.releases = 0;
    this.recycling.clear();
    this.waits.clear();
    this.dials = 0;
    this.dialFailures = 0;
    this.fullHandshakes = 0;
    this.fullTlsSumMs = 0;
    this.coldSumMs = 0;
    this.resumedHandshakes = 0;
    this.resumedTlsSumMs = 0;
    this.checks = 0;
    this.checkFailures = 0;
  }

  toStatistics(connections: ServedConnections): WindowStatistics {
    const finished = this.successfulRequests + this.failedRequests;
    return {
      totalRequests: finished,
      successfulRequests: this.successfulRequests,
      failedRequests: this.failedRequests,
      successRate: finished === 0 ? 1 : this.successfulRequests / finished,
      avgResponseMs: this.responses.meanMs(),
      responseP50Ms: this.responses.percentileMs(0.5),
      leases: this.leases,
      connReuseRate: share(this.reusingLeases, this.leases),
      connectionsReused: share(connections.servedAgain, connections.served),
      releases: this.releases,
      recyclingRate: share(this.recycling.count, this.releases),
      recyclingDelayMeanMs: this.recycling.meanMs(),
      recyclingDelayP95Ms: this.recycling.percentileMs(0.95),
      waitP50Ms: this.waits.percentileMs(0.5),
      waitP95Ms: this.waits.percentileMs(0.95),
      dials: this.dials,
      dialFailures: this.dialFailures,
      coldMs: share(this.coldSumMs, this.fullHandshakes),
      fullTlsMs: share(this.fullTlsSumMs, this.fullHandshakes),
      resumedHandshakes: this.resumedHandshakes,
      resumedTlsMs: share(this.resumedTlsSumMs, this.resumedHandshakes),
      checks: this.checks,
      checkFailures: this.checkFailures,
    };
  }
}

/** null when there is nothing to share by. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
