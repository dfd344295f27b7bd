/**
 * `npm run bench -- NAME [--json] [--minutes N]` runs one, `npm run bench` lists them. Prints a table; with `--json` one object as the
 * last line. Exit 0 when every cell is met, 1 when not, 2 when it could not run.
 */
import { parseArgs } from 'node:util';
import { accessBench } from './access.ts';
import { acquireBench } from './acquire.ts';
import { type Bench, type BenchCell, machine } from './harness.ts';
import { historyBench } from './history.ts';
import { memoryBench } from './memory.ts';
import { requestBench } from './request.ts';
import { uiBench } from './ui.ts';
import { warmUpBench } from './warmup.ts';

const benches: readonly Bench[] = [
  acquireBench,
  requestBench,
  memoryBench,
  accessBench,
  historyBench,
  warmUpBench,
  uiBench,
];

function formatted(figure: number | null): string {
  if (figure === null) {
    return '-';
  }
  return figure.toLocaleString('en', { maximumSignificantDigits: 4 });
}

function table(cells: readonly BenchCell[]): string {
  const rows = cells.map(({ cell, unit, ours, peers, beside, ratio, target, met }) => [
    cell,
    unit,
    formatted(ours),
    Object.entries({ ...peers, ...beside })
      .map(([name, figure]) => `${name} ${formatted(figure)}`)
      .join(' · '),
    ratio === null ? '-' : ratio.toFixed(2),
    target.toFixed(2),
    met ? 'met' : 'NOT MET',
  ]);
  const head = ['cell', 'unit', 'ours', 'beside', 'ratio', 'target', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, minutes: { type: 'string' } },
  allowPositionals: true,
});
const [name] = positionals;
const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
const bench = benches.find((candidate) => candidate.name === name);

if (name === undefined) {
  process.stdout.write(`${benches.map((candidate) => `${candidate.name.padEnd(10)} ${candidate.about}`).join('\n')}\n`);
} else if (!bench) {
  process.stderr.write(`There is no benchmark "${name}": ${benches.map((candidate) => candidate.name).join(', ')}\n`);
  process.exitCode = 2;
} else if (minutes !== undefined && !(bench.takesMinutes && minutes > 0)) {
  const what = bench.takesMinutes ? 'needs a number above 0' : `says nothing to "${bench.name}"`;
  process.stderr.write(`--minutes ${what}\n`);
  process.exitCode = 2;
} else {
  try {
    const cells = await bench.run(minutes === undefined ? {} : { minutes });
    process.stdout.write(`${table(cells)}\n`);
    if (values.json) {
      process.stdout.write(`${JSON.stringify({ bench: bench.name, ...machine(), cells })}\n`);
    }
    process.exitCode = cells.every(({ met }) => met) ? 0 : 1;
  } catch (error) {
    process.stderr.write(
      `${bench.name} could not run: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
    );
    process.exitCode = 2;
  }
}
