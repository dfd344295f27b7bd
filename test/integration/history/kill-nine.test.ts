import { expect, test } from 'vitest';
import { killHistoryOnce } from '../../support/kill-history.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const rounds = 10;
const atATime = 2;

test('kill -9 during writing leaves a whole history with all that was confirmed, 10 times', async () => {
  const random = seededRandom(5);
  const results = [];
  for (let round = 0; round < rounds; round += atATime) {
    results.push(...(await Promise.all(Array.from({ length: atATime }, () => killHistoryOnce(random)))));
  }
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  expect(Math.min(...results.map(({ confirmed }) => confirmed))).toBeGreaterThan(0);
});
