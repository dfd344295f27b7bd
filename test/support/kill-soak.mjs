/**
 * `npm run test:kill [ROUNDS]`: kill -9 during list saves, 100 times by default, and during the writing of history, half
 * as often. Exit 1 when anything confirmed is lost.
 */
import { killHistoryOnce } from './kill-history.ts';
import { killOnce } from './kill-nine.ts';
import { seededRandom } from './seeded-random.ts';

const rounds = Number(process.argv[2] ?? 100);
const seed = Date.now() % 1_000_000;
const random = seededRandom(seed);
const total = { passed: 0, failed: 0 };
await kill('list changes', rounds, killOnce);
await kill('events', Math.ceil(rounds / 2), killHistoryOnce);
process.stdout.write(`seed ${seed}: ${total.passed} passed, ${total.failed} failed, 0 skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param {string} what @param {number} times @param {typeof killOnce} killRound */
async function kill(what, times, killRound) {
  let confirmed = 0;
  let failed = 0;
  for (let round = 1; round <= times; round += 1) {
    const result = await killRound(random);
    confirmed += result.confirmed;
    if (result.faults.length > 0) {
      failed += 1;
      process.stderr.write(`round ${round}: ${result.faults.join('; ')}\n`);
    }
    if (round % 10 === 0) {
      process.stderr.write(`${round} of ${times} killed, ${confirmed} ${what} confirmed, ${failed} rounds lost some\n`);
    }
  }
  total.passed += times - failed;
  total.failed += failed;
}
