/** A history on disk of a pool that was: two minutes of it, second by second, with an ejection in the middle. */
import { join } from 'node:path';
import type { ConnectionRow } from '../../core/contract/connections.ts';
import type { IpHealth } from '../../core/contract/health.ts';
import { emptyBatch, type HealthChange } from '../../core/history/history-batch.ts';
import { HistoryDatabase } from '../../core/history/history-database.ts';
import { toMoved } from '../../core/history/moment-frame.ts';
import { fakePool } from './fake-pool.ts';

export const pastHost = 'own.test';
export const pastConnections = 12;
/** One is leased, to this address. */
export const leasedIp = '10.0.0.3';
/** So long after the beginning this address is ejected. */
export const ejectedIp = '10.0.0.7';
export const ejectedAfterMs = 60_000;
const seconds = 120;

function rowOf(place: number, beganMs: number): ConnectionRow {
  const ip = `10.0.0.${place + 1}`;
  const leased = ip === leasedIp;
  return {
    id: place + 1,
    state: leased ? 'leased' : 'idle',
    healthy: true,
    host: pastHost,
    ip,
    port: 443,
    protocol: 'h2',
    profile: 'modern-h2',
    createdAtMs: beganMs - 30_000,
    idleSinceMs: leased ? null : beganMs,
    leasedSinceMs: leased ? beganMs : null,
    leases: 4,
    requests: 4,
    errors: 0,
    tcpMs: 3,
    tlsMs: 7,
    lastResponseMs: 20,
    resumed: false,
  };
}

function ejectedAt(atMs: number): HealthChange {
  const endpoint = { host: pastHost, ip: ejectedIp, port: 443 };
  const health: IpHealth = {
    ...endpoint,
    state: 'ejected',
    reason: 'failures-in-a-row',
    ejectedUntilMs: atMs + 30_000,
    ejectedForMs: 30_000,
    nextProbeAtMs: atMs + 30_000,
    ejections: 1,
    heldInUse: false,
    consecutiveFailures: 3,
    goodProbes: 0,
    successShare: 0.5,
    asked: 6,
    latencyMs: 20,
    lastError: { class: 'timeout-tcp', code: 'ETIMEDOUT', atMs },
  };
  return { ...endpoint, atMs, health };
}

/** `beganMs`: a whole second. Each second has ten requests, and one more request on the leased connection. */
export function writePast(dataFolder: string, beganMs: number): void {
  const database = new HistoryDatabase(join(dataFolder, 'history.sqlite'));
  const statistics = {
    ...fakePool().pool.statistics(),
    totalConnections: pastConnections,
    activeConnections: 1,
    idleConnections: pastConnections - 1,
    healthyConnections: pastConnections,
    hosts: [
      {
        host: pastHost,
        ips: pastConnections,
        total: pastConnections,
        dialing: 0,
        idle: pastConnections - 1,
        leased: 1,
        healthy: pastConnections,
        waiting: 0,
      },
    ],
  };
  const rows = Array.from({ length: pastConnections }, (_, place) => rowOf(place, beganMs));
  for (let second = 0; second < seconds; second += 1) {
    const atMs = beganMs + second * 1_000;
    const leased = rows.filter(({ ip }) => ip === leasedIp).map((row) => ({ ...row, requests: 4 + second }));
    const isEjection = second * 1_000 === ejectedAfterMs;
    database.write({
      ...emptyBatch(),
      samples: [
        { scope: '', atS: atMs / 1_000, quantities: { requests: 10, total: pastConnections }, distributions: {} },
      ],
      health: isEjection ? [ejectedAt(atMs)] : [],
      moments: [
        {
          seq: second + 1,
          reset: second === 0,
          statistics: { ...statistics, atMs },
          hosts: [],
          localOutage: null,
          warmUps: [],
          born: second === 0 ? rows : [],
          moved: second === 0 ? [] : leased.map(toMoved),
          closed: [],
        },
      ],
    });
  }
  database.close();
}
