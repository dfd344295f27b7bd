import { expect, test } from 'vitest';
import { killOnce } from '../../support/kill-nine.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const rounds = 20;
const atATime = 2;

test('kill -9 during saves loses nothing that was confirmed, 20 times', async () => {
  const random = seededRandom(9);
  const results = [];
  for (let round = 0; round < rounds; round += atATime) {
    results.push(...(await Promise.all(Array.from({ length: atATime }, () => killOnce(random)))));
  }
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  expect(results).toHaveLength(rounds);
  expect(Math.min(...results.map(({ confirmed }) => confirmed))).toBeGreaterThan(0);
});
