/** `npm run monkey -- [--minutes N] [--seed S]`: a monkey at the console of the demo fleet, 5 minutes and any seed by default. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../../electron/launch/setup.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  process.stderr.write('usage: npm run monkey -- [--minutes N] [--seed S]   (N above 0, S a whole number)\n');
  process.exit(2);
}
await ensureBuilt();
process.stdout.write(`seed ${seed}, ${minutes} min\n`);
// A second try would be another game, and hide what the first one found.
const { status } = spawnSync('playwright', ['test', 'monkey', '--project=headless', '--retries=0'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, HOTPOOL_MONKEY_SEED: String(seed), HOTPOOL_MONKEY_MS: String(Math.round(minutes * 60_000)) },
});
process.exitCode = status ?? 1;
