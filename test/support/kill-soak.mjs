/** `npm run test:kill [ROUNDS]`: kill -9 during list saves, 100 times by default. Exit 1 when anything confirmed is lost. */
import { killOnce } from './kill-nine.ts';
import { seededRandom } from './seeded-random.ts';

const rounds = Number(process.argv[2] ?? 100);
const seed = Date.now() % 1_000_000;
const random = seededRandom(seed);
let confirmed = 0;
let failed = 0;
for (let round = 1; round <= rounds; round += 1) {
  const result = await killOnce(random);
  confirmed += result.confirmed;
  if (result.faults.length > 0) {
    failed += 1;
    process.stderr.write(`round ${round}: ${result.faults.join('; ')}\n`);
  }
  if (round % 10 === 0) {
    process.stderr.write(
      `${round} of ${rounds} killed, ${confirmed} changes confirmed, ${failed} rounds lost something\n`,
    );
  }
}
process.stdout.write(`seed ${seed}: ${rounds - failed} passed, ${failed} failed, 0 skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
