import { createPool } from 'lightning-pool';
import type { PoolSize, PoolUnderTest } from './pool-under-test.ts';

export async function openLightningPool({ connections }: PoolSize): Promise<PoolUnderTest> {
  const pool = createPool<object>(
    { create: async () => ({}), destroy: async () => undefined },
    { min: connections, max: connections, maxQueue: 100_000, acquireTimeoutMillis: 30_000 },
  );
  pool.start();
  const all = await Promise.all(Array.from({ length: connections }, () => pool.acquire()));
  for (const resource of all) {
    pool.release(resource);
  }
  return {
    acquire: () => pool.acquire(),
    release(resource) {
      pool.release(resource as object);
    },
  };
}
