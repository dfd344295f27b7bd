import { describe, expect, it } from 'vitest';
import type { RequestInput, RequestName, RequestOutput } from '../../../core/contract/index.ts';
import { askLifeThen } from '../../../renderer/connection-drawer/life-then.ts';

const row = { id: 7, host: 'a.test', ip: '10.0.0.1', createdAtMs: 1_000.4 };

/** Two engines had a connection 7 to this address; the one of now has a third. */
function api() {
  const asked: unknown[] = [];
  const ended = [
    { ...row, engineStartedAtMs: 2, createdAtMs: 90_000, closedAtMs: 95_000 },
    { ...row, engineStartedAtMs: 1, createdAtMs: 1_000, closedAtMs: 60_000 },
  ];
  return {
    asked,
    async request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
      asked.push(input);
      const { engineStartedAtMs = 3, cursor = null } = input as { engineStartedAtMs?: number; cursor?: number | null };
      const { fromMs = 0 } = input as { fromMs?: number };
      const lives = ended.filter(({ closedAtMs }) => closedAtMs >= fromMs);
      const page = cursor === null ? { lives: lives.slice(0, 1), cursor: 1 } : { lives: lives.slice(1), cursor: null };
      const life = { ...row, engineStartedAtMs, createdAtMs: engineStartedAtMs === 3 ? 500_000 : 1_000 };
      return (name === 'history.lives' ? page : { life }) as unknown as RequestOutput<Name>;
    },
  };
}

describe('a connection of a moment of the past', () => {
  it('is found among those of the engines that have had its number', async () => {
    const { life } = await askLifeThen(api(), row, 5_000, 600_000);
    expect(life.engineStartedAtMs).toBe(1);
  });

  it('may live still, in the engine that runs', async () => {
    const { life } = await askLifeThen(api(), { ...row, createdAtMs: 500_000 }, 510_000, 600_000);
    expect(life.engineStartedAtMs).toBe(3);
  });

  it.each([0.001, -1, 80, -80])(
    'is the same when its beginning is told %d ms later by another look at the clock',
    async (byMs) => {
      const living = await askLifeThen(api(), { ...row, createdAtMs: 500_000 - byMs }, 510_000, 600_000);
      expect(living.life.engineStartedAtMs).toBe(3);
      const ended = await askLifeThen(api(), { ...row, createdAtMs: 1_000 - byMs }, 5_000, 600_000);
      expect(ended.life.engineStartedAtMs).toBe(1);
    },
  );

  it('may be younger than the second of its picture', async () => {
    const { life } = await askLifeThen(api(), { ...row, createdAtMs: 500_700 }, 500_000, 600_000);
    expect(life.engineStartedAtMs).toBe(3);
  });

  it('is not mistaken for another of the same number', async () => {
    await expect(askLifeThen(api(), { ...row, createdAtMs: 100_000 }, 120_000, 600_000)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
