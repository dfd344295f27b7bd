/** One connection's life, put together from the pool that has it, or had it, and from the history. */
import type { ConnectionExplanation } from '../contract/explain.ts';
import { historyChecksInputSchema } from '../contract/history-health.ts';
import type { HistoryLife } from '../contract/history-life.ts';
import type { RequestParsed } from '../contract/index.ts';
import type { Explainer, RememberedPast } from './console-ports.ts';

export interface LifeParts {
  readonly explainer: Explainer;
  readonly history: Pick<RememberedPast, 'life' | 'checks'>;
  readonly engineStartedAtMs: number;
  readonly nowMs: number;
}

/** null when nothing is remembered of it. */
export async function readLife(
  { explainer, history, engineStartedAtMs, nowMs }: LifeParts,
  wish: RequestParsed<'history.life'>,
): Promise<HistoryLife | null> {
  const { connectionId } = wish;
  const startedAtMs = wish.engineStartedAtMs ?? engineStartedAtMs;
  const isOurs = startedAtMs === engineStartedAtMs;
  const explained = isOurs ? explainer.explain({ connectionId }) : null;
  const explanation = explained?.subject === 'connection' ? explained : null;
  const life = explanation
    ? lifeOf(explanation, startedAtMs)
    : await history.life({ engineStartedAtMs: startedAtMs, connectionId });
  if (!life) {
    return null;
  }
  const leases = isOurs ? explainer.leasesOf(connectionId) : [];
  const { host, ip, createdAtMs } = life;
  const checks = await history.checks(
    historyChecksInputSchema.parse({ host, ip, fromMs: createdAtMs, toMs: (life.closedAtMs ?? nowMs) + 1 }),
  );
  return { life, explanation, leases, earlierLeases: Math.max(0, life.leases - leases.length), checks };
}

function lifeOf({ connection, closed }: ConnectionExplanation, engineStartedAtMs: number): HistoryLife['life'] {
  const { state: _, healthy: _healthy, idleSinceMs: _idle, leasedSinceMs: _leased, ...row } = connection;
  return { ...row, engineStartedAtMs, closedAtMs: closed?.atMs ?? null, reason: closed?.reason ?? null };
}
