import { beforeEach, describe, expect, it } from 'vitest';
import { readLife } from '../../../core/console/connection-life.ts';
import type { HistoryChecks } from '../../../core/contract/history-health.ts';
import { historyLifeInputSchema, historyLifeSchema } from '../../../core/contract/history-life.ts';
import type { ConnectionLife } from '../../../core/contract/history-lives.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';

const engineStartedAtMs = 5;
const noChecks: HistoryChecks = { checks: [], cursor: null };

let fake: FakePool;
let asked: { host: string | null; ip: string | null; fromMs: number; toMs: number }[];
let kept: ConnectionLife | null;

beforeEach(() => {
  fake = fakePool();
  asked = [];
  kept = null;
});

function read(connectionId: number, startedAtMs: number | null = null) {
  const history = {
    life: async () => kept,
    checks: async ({ host, ip, fromMs, toMs }: (typeof asked)[number]) => {
      asked.push({ host, ip, fromMs, toMs });
      return noChecks;
    },
  };
  const parts = { explainer: fake.pool, history, engineStartedAtMs, nowMs: fake.clock.epochMs() };
  return readLife(parts, historyLifeInputSchema.parse({ connectionId, engineStartedAtMs: startedAtMs }));
}

async function lease(heldMs: number, outcome: 'ok' | 'failed' = 'ok'): Promise<number> {
  const taken = await fake.pool.acquireIp('https://example.test/', '10.0.0.2');
  await fake.clock.advance(heldMs);
  taken.release(outcome);
  return taken.connectionId;
}

describe('the life of a connection', () => {
  it('that lives has its making, its counters, each lease, and the looks at its address', async () => {
    const id = await lease(20);
    await lease(40);
    const life = historyLifeSchema.parse(await read(id));
    expect(life.life).toMatchObject({ id, engineStartedAtMs, leases: 2, closedAtMs: null, reason: null });
    expect(life.explanation).toMatchObject({ verdict: 'hot', checks: 0 });
    expect(life.leases.map(({ heldMs, outcome }) => [heldMs, outcome])).toEqual([
      [20, 'ok'],
      [40, 'ok'],
    ]);
    const toMs = fake.clock.epochMs() + 1;
    expect(asked).toEqual([{ host: 'example.test', ip: '10.0.0.2', fromMs: life.life.createdAtMs, toMs }]);
    await fake.pool.close();
  });

  it('that was closed says why and when', async () => {
    const id = await lease(10);
    fake.pool.closeConnection(id, 'operator');
    const closedAtMs = fake.clock.epochMs();
    await fake.clock.advance(5_000);
    expect(await read(id)).toMatchObject({ life: { closedAtMs, reason: 'operator' }, earlierLeases: 0 });
    expect(asked[0]?.toMs).toBe(closedAtMs + 1);
    await fake.pool.close();
  });

  it('of an earlier engine is what is on disk, and none of the leases that bear its number now', async () => {
    const id = await lease(10);
    kept = {
      engineStartedAtMs: 1,
      id,
      host: 'a.test',
      ip: '10.9.9.9',
      port: 443,
      profile: 'modern-h2',
      protocol: 'h2',
      resumed: false,
      createdAtMs: 2,
      closedAtMs: 3,
      reason: 'broken',
      tcpMs: 1,
      tlsMs: 2,
      lastResponseMs: 3,
      leases: 4,
      requests: 5,
      errors: 1,
    };
    expect(await read(id, 1)).toEqual({
      life: kept,
      explanation: null,
      leases: [],
      earlierLeases: 4,
      checks: noChecks,
    });
    await fake.pool.close();
  });

  it('that never was is null', async () => {
    expect(await read(99)).toBeNull();
  });
});
