/** One cell of one contender: `node acquire-process.ts CELL CONTENDER` prints operations a second. */
import { seededRandom } from '../../core/base/random.ts';
import { openContender } from './contenders/open-contender.ts';
import type { PoolUnderTest } from './contenders/pool-under-test.ts';
import { exactCpuMs, usedCpuMs } from './thread-cpu.ts';

const [cell = '', contender = ''] = process.argv.slice(2);

/** Of these the best counts: the one that the rest of the machine disturbed least. The first only warms the compiler. */
const rounds = 16;
/** Of this thread's CPU; so short that on a busy machine some rounds meet nobody else in the processor's caches. */
const roundMs = 50;

/** Operations per second of this thread's CPU; `batch` does so many of them. */
async function rate(batch: () => Promise<void>, operations: number): Promise<number> {
  let best = 0;
  for (let round = 0; round < rounds; round += 1) {
    const beganMs = exactCpuMs();
    let done = 0;
    while (usedCpuMs() - beganMs < roundMs) {
      await batch();
      done += operations;
    }
    const perSecond = (done * 1000) / (exactCpuMs() - beganMs);
    best = round === 0 ? 0 : Math.max(best, perSecond);
  }
  return best;
}

async function worker(pool: PoolUnderTest, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    pool.release(await pool.acquire(0));
  }
}

async function workers(count: number, times: number): Promise<number> {
  const pool = await openContender(contender, { connections: 50, hosts: 1 });
  const work = async (): Promise<void> => {
    await Promise.all(Array.from({ length: count }, () => worker(pool, times)));
  };
  return rate(work, count * times);
}

/** 5,000 are out; each operation gives back one of them at random and borrows another. */
async function randomRelease(): Promise<number> {
  const borrowed = 5_000;
  const operations = 5_000;
  const pool = await openContender(contender, { connections: borrowed + 50, hosts: 1 });
  const random = seededRandom(1);
  const held = await Promise.all(Array.from({ length: borrowed }, () => pool.acquire(0)));
  return rate(async () => {
    for (let operation = 0; operation < operations; operation += 1) {
      const index = Math.floor(random.next() * borrowed);
      pool.release(held[index]);
      held[index] = await pool.acquire(0);
    }
  }, operations);
}

async function drainWaiters(): Promise<number> {
  const pool = await openContender(contender, { connections: 10, hosts: 1 });
  const waiters = 20_000;
  return rate(async () => {
    await Promise.all(Array.from({ length: waiters }, () => worker(pool, 1)));
  }, waiters);
}

/** One after the other, host by host. */
async function manyHosts(connections: number, hosts: number): Promise<number> {
  const operations = 10_000;
  const pool = await openContender(contender, { connections, hosts });
  return rate(async () => {
    for (let operation = 0; operation < operations; operation += 1) {
      pool.release(await pool.acquire(operation % hosts));
    }
  }, operations);
}

const measurements: Readonly<Record<string, () => Promise<number>>> = {
  '1 worker': () => workers(1, 10_000),
  '500 workers, 50 connections': () => workers(500, 20),
  'random release among 5,000 borrowed': randomRelease,
  '20,000 waiters over 10': drainWaiters,
  '100 connections, 10 hosts': () => manyHosts(100, 10),
  '10,000 connections, 1,000 hosts': () => manyHosts(10_000, 1_000),
};

const measure = measurements[cell];
if (!measure) {
  throw new RangeError(`"${cell}" is not a cell: ${Object.keys(measurements).join('; ')}`);
}
process.stdout.write(`${await measure()}\n`, () => process.exit(0));
