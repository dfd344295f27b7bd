/** A connection's life, told as the engine would, from the little that the fake pool knows of it. */
import { ContractError } from '../../../core/contract/errors.ts';
import type { HistoryLife } from '../../../core/contract/history-life.ts';
import { explainRow } from './fake-explain.ts';
import type { FakePast } from './fake-past.ts';
import type { FakePool } from './fake-pool.ts';

const shownLeases = 8;
const leaseEveryMs = 3_700;

/** @throws ContractError `not-found`: no connection with this id is open. */
export function fakeLife(pool: FakePool, past: FakePast, connectionId: number, nowMs: number): HistoryLife {
  const row = pool.rows.get(connectionId);
  if (!row) {
    throw new ContractError('not-found', 'This connection never was, or nothing is remembered of it any more.');
  }
  const { createdAtMs, errors, leases: all } = row;
  const lastMs = row.leasedSinceMs ?? row.idleSinceMs ?? createdAtMs;
  const kept = Math.min(all, shownLeases);
  const leases = Array.from({ length: kept }, (_, index) => ({
    beganAtMs: Math.max(createdAtMs, lastMs - (kept - index) * leaseEveryMs),
    heldMs: (row.lastResponseMs ?? 3) * (0.8 + ((index * 7) % 5) / 10),
    outcome: index >= kept - Math.min(errors, 3) ? ('failed' as const) : ('ok' as const),
  }));
  const place = { host: row.host, ip: row.ip, prefix: null, outcomes: [], cursor: null, limit: 12 };
  return {
    life: { ...row, engineStartedAtMs: nowMs - 8_047_000, closedAtMs: null, reason: null },
    explanation: explainRow(row, nowMs),
    leases,
    earlierLeases: all - leases.length,
    checks: past.checks({ ...place, fromMs: createdAtMs, toMs: nowMs }, nowMs),
  };
}
