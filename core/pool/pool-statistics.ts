/** The pool's statistics as the console reads them, put together from the manager's counts and the recorder's sums. */
import type { AlertKeeper } from '../alerts/alert-keeper.ts';
import { poolReadings } from '../alerts/pool-readings.ts';
import type { ProcessMonitor } from '../base/process-monitor.ts';
import type { EngineStatistics, HostStatistics, PoolStatistics } from '../contract/statistics.ts';
import type { ServedConnections } from '../statistics/tally.ts';
import { VerdictKeeper } from '../statistics/verdict.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { PoolContext } from './pool-context.ts';
import type { PoolSecond } from './pool-ports.ts';

const windowMs = 60_000;
/** Success over the window below which the reference calls a pool unhealthy. */
const healthySuccess = 0.5;

export class PoolStatisticsReader {
  readonly #context: PoolContext;
  readonly #closer: ConnectionCloser;
  readonly #process: ProcessMonitor;
  readonly #overdue: () => number;
  readonly #alerts: AlertKeeper;
  readonly #startedAtMs: number;
  readonly #startedMs: number;
  readonly #verdict: VerdictKeeper;
  readonly #listeners = new Set<(second: PoolSecond) => void>();
  #servedLately: ServedConnections = { served: 0, servedAgain: 0 };
  #engine: EngineStatistics;
  /** While the alerts are judged, so that what is dear to read is read once. */
  #measured: PoolStatistics | null = null;

  constructor(
    context: PoolContext,
    closer: ConnectionCloser,
    process: ProcessMonitor,
    overdue: () => number,
    alerts: AlertKeeper,
  ) {
    this.#context = context;
    this.#closer = closer;
    this.#process = process;
    this.#overdue = overdue;
    this.#alerts = alerts;
    this.#startedAtMs = context.clock.epochMs();
    this.#startedMs = context.nowMs();
    this.#verdict = new VerdictKeeper(this.#startedMs, () => context.epochOffsetMs());
    this.#engine = this.#measureEngine();
    alerts.addSource(() => poolReadings(this.#measured ?? this.read(), context.settings.alerts));
  }

  /** Once a second: ends the second that is over, measures what is too dear for every reading, judges. */
  tick(): void {
    const { manager, recorder, clock } = this.#context;
    const nowMs = this.#context.nowMs();
    const tally = recorder.advance(nowMs, clock.epochMs(), {
      total: manager.live,
      active: manager.counts.leased,
      healthy: manager.healthy,
    });
    this.#servedLately = manager.servedSince(nowMs - windowMs);
    this.#engine = this.#measureEngine();
    const measured = this.read();
    this.#measured = measured;
    this.#alerts.judge(nowMs);
    this.#measured = null;
    this.#verdict.judge(measured, this.#alerts.active(), nowMs);
    if (tally && this.#listeners.size > 0) {
      const hosts = new Map(Array.from(manager.hosts, ({ host, second }) => [host.name, second] as const));
      const second: PoolSecond = { statistics: this.read(), tally, hosts };
      for (const listener of this.#listeners) {
        listener(second);
      }
    }
    for (const { second } of manager.hosts) {
      second.clear();
    }
  }

  /** Returns the function that stops listening. */
  onSecond(listener: (second: PoolSecond) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  read(): PoolStatistics {
    const { manager, recorder, clock, settings, parts } = this.#context;
    const { counts } = manager;
    const { sinceStart, last60s } = recorder.read(
      { served: manager.everServed, servedAgain: manager.everServedAgain },
      this.#servedLately,
    );
    const hosts: HostStatistics[] = [];
    let waiting = 0;
    for (const host of manager.hosts) {
      waiting += host.waiters.length;
      if (host.left && host.live + host.waiters.length === 0) {
        continue;
      }
      hosts.push({
        host: host.host.name,
        ips: host.upstreams.length,
        total: host.live,
        dialing: host.counts.dialing,
        idle: host.counts.idle,
        leased: host.counts.leased,
        healthy: host.healthy,
        waiting: host.waiters.length,
      });
    }
    return {
      atMs: clock.epochMs(),
      startedAtMs: this.#startedAtMs,
      maxConnections: settings.pool.maxConnections,
      totalConnections: manager.live,
      dialingConnections: counts.dialing,
      validatingConnections: counts.validating,
      checkingConnections: counts.checking,
      activeConnections: counts.leased,
      idleConnections: counts.idle,
      drainingConnections: counts.draining,
      healthyConnections: manager.healthy,
      h2Connections: manager.h2,
      waiting,
      leasesOverLeakThreshold: this.#overdue(),
      whitelistIps: parts.access.whitelistCount,
      blacklistIps: parts.access.blacklistCount,
      whitelistMoves: parts.access.whitelistMoves,
      newConnectionsFromDns: manager.fromDns,
      isHealthy: manager.live > 0 && manager.healthy > 0 && last60s.successRate >= healthySuccess,
      sinceStart,
      last60s,
      engine: { ...this.#engine, uptimeMs: this.#context.nowMs() - this.#startedMs },
      verdict: this.#verdict.current,
      hosts,
    };
  }

  #measureEngine(): EngineStatistics {
    let { bytesIn, bytesOut } = this.#closer;
    for (const { transport } of this.#context.manager.connections) {
      bytesIn += transport?.bytesIn ?? 0;
      bytesOut += transport?.bytesOut ?? 0;
    }
    const { loopDelayP50Ms, loopDelayP99Ms, cpuShare, rssBytes, openFileDescriptors } = this.#process.sample();
    return { loopDelayP50Ms, loopDelayP99Ms, cpuShare, rssBytes, openFileDescriptors, bytesIn, bytesOut, uptimeMs: 0 };
  }
}
