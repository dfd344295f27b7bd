/** The floor of the language: an array of resources and an array of resolvers. */
import type { PoolSize, PoolUnderTest } from './pool-under-test.ts';

export async function openBareArray({ connections }: PoolSize): Promise<PoolUnderTest> {
  const free: object[] = Array.from({ length: connections }, () => ({}));
  const waiting: ((resource: unknown) => void)[] = [];
  let served = 0;
  return {
    acquire() {
      const resource = free.pop();
      return resource ? Promise.resolve(resource) : new Promise((resolve) => waiting.push(resolve));
    },
    release(resource) {
      const waiter = waiting[served];
      if (waiter) {
        served += 1;
        waiter(resource);
        if (served === waiting.length) {
          waiting.length = 0;
          served = 0;
        }
      } else {
        free.push(resource as object);
      }
    },
  };
}
