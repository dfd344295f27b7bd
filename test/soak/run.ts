/**
 * `npm run soak -- [--minutes N] [--endpoints N] [--seed S] [--json]`: the whole headless console under load and faults.
 * A line each minute, a table at the end; with `--json` one object as the last line. Exit 0 when nothing grew and nothing
 * else went wrong, 1 when something did, 2 when it could not run. How growth is judged: `growth.ts`.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../electron/launch/setup.mjs';
import type { Growth, Sample } from './growth.ts';
import { type SoakResult, soak } from './soak.ts';

const usage =
  'usage: npm run soak -- [--minutes N] [--endpoints N] [--seed S] [--json]   (10 minutes, 120 endpoints, seed 1)\n';
const units: Readonly<Record<string, (figure: number) => string>> = {
  heap: megabytes,
  external: megabytes,
  rss: megabytes,
  disk: megabytes,
  lag: (ms) => `${ms.toFixed(1)} ms`,
};

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function shown(name: string, figure: number | null | undefined): string {
  return figure === null || figure === undefined
    ? '-'
    : (units[name] ?? ((count) => String(Math.round(count))))(figure);
}

function toLine({ atMs, figures }: Sample): string {
  const told = Object.entries(figures).map(([name, figure]) => `${name} ${shown(name, figure)}`);
  return `${(atMs / 60_000).toFixed(1).padStart(6)} min  ${told.join('  ')}\n`;
}

function toTable({ growth, faults, ...result }: SoakResult): string {
  const head = ['', 'start', 'end', 'grown', 'allowed', ''];
  const rows = growth.map(({ name, first, last, grown, allowed, grows }: Growth) => [
    name,
    shown(name, first),
    shown(name, last),
    shown(name, grown),
    shown(name, allowed),
    grown === null ? 'too short to judge' : grows ? 'GROWS' : 'steady',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const done = `${result.requests} requests, ${result.connectionsMade} connections made, ${result.answers} answers, ${result.visits} visits`;
  return ['', ...lines, '', done, ...faults.map((fault) => `FAULT  ${fault}`), ''].join('\n');
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} ${text}: write a whole number from ${least} to ${most}`);
  }
  return value;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      endpoints: { type: 'string', default: '120' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const minutes = wholeNumber('--minutes', values.minutes, 3, 10_080);
  const endpoints = wholeNumber('--endpoints', values.endpoints, 30, 2_000);
  const seed = wholeNumber('--seed', values.seed, 0, 0xffff_ffff);
  await ensureBuilt();
  const result = await soak({ minutes, endpoints, seed, onSample: (sample) => process.stdout.write(toLine(sample)) });
  process.stdout.write(toTable(result));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  return result.faults.length === 0 ? 0 : 1;
}

// The clock's timers keep no process alive.
const alive = setInterval(() => undefined, 1_000);
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`);
  process.exitCode = 2;
} finally {
  clearInterval(alive);
}
