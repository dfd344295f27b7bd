/**
 * The whole headless console, built as it is shipped and in a process of its own, on the demo's fleet under load and faults.
 * What it holds is sampled from within and from without, and must not grow; nothing may be said on stderr that is no line
 * of the log, nothing may stay leased when the load is over, and the end must be an orderly one.
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep, systemClock } from '../../core/base/clock.ts';
import { seededRandom } from '../../core/base/random.ts';
import { type PoolStatistics, poolStatisticsSchema } from '../../core/contract/statistics.ts';
import { askConsole, HeadlessProcess, hostScript, type Ready } from '../support/headless/headless-process.ts';
import { type Growth, type GrowthRule, judgeGrowth, type Sample } from './growth.ts';
import { Stress } from './stress.ts';

export interface SoakOrder {
  readonly minutes: number;
  readonly endpoints: number;
  readonly seed: number;
  /** Told of the first sample, of one each minute, and of the last. */
  readonly onSample: (sample: Sample) => void;
}

export interface SoakResult {
  readonly node: string;
  readonly minutes: number;
  readonly endpoints: number;
  readonly seed: number;
  readonly requests: number;
  readonly connectionsMade: number;
  readonly answers: number;
  readonly visits: number;
  readonly samples: readonly Sample[];
  readonly growth: readonly Growth[];
  /** Everything that must not have been; empty when all is well. */
  readonly faults: readonly string[];
}

const megabyte = 1_000_000;
const sampleMs = 5_000;
const calmMs = 20_000;
const reporter = fileURLToPath(new URL('./self-report.ts', import.meta.url));

/**
 * Heap and what hangs on it are counted after a collection; the ring of the pool's last leases doubles as it fills, to 17 MB
 * after half a million, which is some minutes into a run. The resident size also has what the allocator keeps for later.
 * The data folder has to grow, for it is the history and the log: in this weather by one to two megabytes a minute, until
 * retention holds it. What is looked for here is a file that runs away.
 */
const rules = (minutes: number): readonly GrowthRule[] => [
  { name: 'heap', allowed: 8 * megabyte, allowedShare: 0.1 },
  { name: 'external', allowed: 17 * megabyte, allowedShare: 0.1 },
  { name: 'rss', allowed: 40 * megabyte, allowedShare: 0.1 },
  { name: 'handles', allowed: 60, allowedShare: 0.2 },
  { name: 'descriptors', allowed: 60, allowedShare: 0.2 },
  { name: 'lag', allowed: 20, allowedShare: 0.5 },
  { name: 'disk', allowed: Math.max(5, 4 * minutes) * megabyte, allowedShare: 0 },
];

export async function soak(order: SoakOrder): Promise<SoakResult> {
  const folder = await mkdtemp(join(tmpdir(), 'hotpool-soak-'));
  const report = join(folder, 'report.jsonl');
  const data = join(folder, 'data');
  const args = ['--expose-gc', '--import', reporter, hostScript, '--headless', '--no-open', `--data=${data}`];
  const console = new HeadlessProcess(process.execPath, [...args, `--demo=${order.endpoints}`], {
    HOTPOOL_SOAK_REPORT: report,
    HOTPOOL_SOAK_EVERY_MS: String(sampleMs),
  });
  try {
    return await run(order, console, { report, data });
  } finally {
    console.kill('SIGKILL');
    await console.ended;
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  { minutes, endpoints, seed, onSample }: SoakOrder,
  console: HeadlessProcess,
  files: { readonly report: string; readonly data: string },
): Promise<SoakResult> {
  const ready = await console.ready;
  const beganMs = performance.now();
  const stress = new Stress(ready, seededRandom(seed));
  const samples: Sample[] = [];
  let toldMs = Number.NEGATIVE_INFINITY;
  while (performance.now() - beganMs < minutes * 60_000) {
    await sleep(systemClock, sampleMs);
    const sample = await takeSample(ready, files, performance.now() - beganMs);
    samples.push(sample);
    if (sample.atMs - toldMs >= 60_000) {
      toldMs = sample.atMs;
      onSample(sample);
    }
  }
  const last = samples.at(-1);
  if (last && last.atMs !== toldMs) {
    onSample(last);
  }
  await stress.stop();
  const faults = Array.from(stress.faults, ([fault, count]) => `${count} times ${fault}`);
  const { statistics, left } = await becomesCalm(ready);
  faults.push(...left);
  console.kill('SIGTERM');
  const end = await console.ended;
  if (end !== 0) {
    faults.push(`the console ended with ${end}`);
  }
  faults.push(...strangeLines(console.stderr));
  const growth = rules(minutes).flatMap((rule) => judgeGrowth(samples, rule) ?? []);
  faults.push(...growth.filter(({ grows }) => grows).map(({ name }) => `${name} grows`));
  return {
    node: process.versions.node,
    minutes,
    endpoints,
    seed,
    requests: statistics.sinceStart.totalRequests,
    connectionsMade: statistics.sinceStart.dials - statistics.sinceStart.dialFailures,
    answers: stress.answers,
    visits: stress.visits,
    samples,
    growth,
    faults,
  };
}

/** When the load is over nothing is leased and nobody waits; what is left after a while is said. */
async function becomesCalm(ready: Ready): Promise<{ statistics: PoolStatistics; left: string[] }> {
  const untilMs = performance.now() + calmMs;
  for (;;) {
    const statistics = await statisticsOf(ready);
    const { waiting, leasesOverLeakThreshold } = statistics;
    // The demo's own traffic goes on; it holds at most 16.
    const held = Math.max(0, statistics.activeConnections - 16);
    if (held + waiting + leasesOverLeakThreshold === 0) {
      return { statistics, left: [] };
    }
    if (performance.now() > untilMs) {
      return {
        statistics,
        left: [`${held} leased, ${waiting} waiting, ${leasesOverLeakThreshold} leaking at the end`],
      };
    }
    await sleep(systemClock, 500);
  }
}

async function statisticsOf(ready: Ready): Promise<PoolStatistics> {
  return poolStatisticsSchema.parse(await askConsole(ready, 'statistics.get'));
}

async function takeSample(
  ready: Ready,
  { report, data }: { readonly report: string; readonly data: string },
  atMs: number,
): Promise<Sample> {
  const { engine, totalConnections } = await statisticsOf(ready);
  const text = await readFile(report, 'utf8').catch(() => '');
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  const { heap = null, external = null, handles = null, lag = null } = line === '' ? {} : JSON.parse(line);
  return {
    atMs,
    figures: {
      heap,
      external,
      rss: engine.rssBytes,
      handles,
      descriptors: engine.openFileDescriptors,
      lag,
      disk: await sizeOf(data),
      connections: totalConnections,
    },
  };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (it) => (it.isFile() ? it.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The log's own lines begin with a time; whatever else is there is a warning of Node or a crash. */
function strangeLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !/^\d{4}-\d\d-\d\dT/.test(line)).slice(0, 20);
}
