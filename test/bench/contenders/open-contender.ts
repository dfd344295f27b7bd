/** Opens a contender by its name, filled with resources. */
import { openBareArray } from './bare-array.ts';
import { openGenericPool } from './generic-pool-contender.ts';
import { openHotPool } from './hot-pool.ts';
import { openLightningPool } from './lightning-pool-contender.ts';
import type { PoolSize, PoolUnderTest } from './pool-under-test.ts';
import { openTarn } from './tarn-contender.ts';

const contenders: Readonly<Record<string, (size: PoolSize) => Promise<PoolUnderTest>>> = {
  ours: openHotPool,
  tarn: openTarn,
  'generic-pool': openGenericPool,
  'lightning-pool': openLightningPool,
  'bare array': openBareArray,
};

export async function openContender(name: string, size: PoolSize): Promise<PoolUnderTest> {
  const open = contenders[name];
  if (!open) {
    throw new RangeError(`"${name}" is not a contender: ${Object.keys(contenders).join(', ')}`);
  }
  return open(size);
}
