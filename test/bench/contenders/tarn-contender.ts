import { Pool } from 'tarn';
import type { PoolSize, PoolUnderTest } from './pool-under-test.ts';

export async function openTarn({ connections }: PoolSize): Promise<PoolUnderTest> {
  const pool = new Pool<object>({
    create: async () => ({}),
    destroy: () => undefined,
    min: connections,
    max: connections,
    acquireTimeoutMillis: 30_000,
  });
  const all = await Promise.all(Array.from({ length: connections }, () => pool.acquire().promise));
  for (const resource of all) {
    pool.release(resource);
  }
  return {
    acquire: () => pool.acquire().promise,
    release(resource) {
      pool.release(resource as object);
    },
  };
}
