import { createPool } from 'generic-pool';
import type { PoolSize, PoolUnderTest } from './pool-under-test.ts';

export async function openGenericPool({ connections }: PoolSize): Promise<PoolUnderTest> {
  const pool = createPool<object>(
    { create: async () => ({}), destroy: async () => undefined },
    { min: connections, max: connections, acquireTimeoutMillis: 30_000 },
  );
  const all = await Promise.all(Array.from({ length: connections }, () => pool.acquire()));
  await Promise.all(all.map((resource) => pool.release(resource)));
  return {
    acquire: () => Promise.resolve(pool.acquire()),
    release(resource) {
      // The resource is back when this returns; the promise only tells so.
      void pool.release(resource as object);
    },
  };
}
