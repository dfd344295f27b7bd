/**
 * acquire + release per second, beside tarn, generic-pool (with acquireTimeoutMillis) and lightning-pool.
 *
 * Method: no network; every pool holds trivial resources that are there before the clock starts (ours: transports that do
 * nothing, behind the real HotConnPool with its statistics, choice, deadlines and leak watch on). Each (cell, contender) is
 * a process of its own, 5 repeats, interleaved, median. `bare array` is an array with promises: the floor of the language.
 */
import { type Bench, type BenchCell, budgetCell, interleaved, measureInProcess, rateCell } from './harness.ts';

const repeats = 5;
const peers = ['tarn', 'generic-pool', 'lightning-pool'] as const;
const contenders = ['ours', ...peers, 'bare array'] as const;

const cells = [
  { cell: '1 worker', target: 1 },
  { cell: '500 workers, 50 connections', target: 1 },
  { cell: 'random release among 5,000 borrowed', target: 1.5 },
  { cell: '20,000 waiters over 10', target: 1.5 },
] as const;

const worker = new URL('./acquire-process.ts', import.meta.url).href;

export const acquireBench: Bench = {
  name: 'acquire',
  about: 'acquire + release per second beside tarn, generic-pool and lightning-pool',
  async run() {
    const results: BenchCell[] = [];
    for (const { cell, target } of cells) {
      const figures = await interleaved(contenders, repeats, (contender) =>
        measureInProcess(worker, [cell, contender]),
      );
      const { ours, 'bare array': bareArray, ...others } = figures;
      results.push(rateCell(cell, 'ops/s', { ours, peers: others }, target, { 'bare array': bareArray }));
    }
    const scales = ['100 connections, 10 hosts', '10,000 connections, 1,000 hosts'] as const;
    const rates = await interleaved(scales, repeats, (scale) => measureInProcess(worker, [scale, 'ours']));
    const small = rates['100 connections, 10 hosts'];
    const large = rates['10,000 connections, 1,000 hosts'];
    const growth = small === null || large === null ? null : small / large;
    results.push(
      budgetCell('cost per acquire at 10,000 connections against 100', 'times', growth, 1.3, {
        'ops/s at 100': small,
        'ops/s at 10,000': large,
      }),
    );
    return results;
  },
};
