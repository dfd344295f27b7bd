/**
 * How every benchmark measures: ours and its peers in one run, each (cell, contender) in a process of its own, repeated
 * and interleaved, so that a slow minute of the machine hits all alike. The median of the repeats counts.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** One figure against its peers or its floor; `null` where it could not be measured. */
export interface BenchCell {
  readonly cell: string;
  readonly unit: string;
  readonly ours: number | null;
  readonly peers: Readonly<Record<string, number | null>>;
  /** Ours against the best peer or the floor, larger is better; a budget is budget / ours. */
  readonly ratio: number | null;
  readonly target: number;
  readonly met: boolean;
  /** Figures that are told and not judged. */
  readonly beside?: Readonly<Record<string, number | null>>;
}

export interface Bench {
  readonly name: string;
  /** One line: what it measures. */
  readonly about: string;
  /** Knows `--minutes`. */
  readonly takesMinutes?: true;
  run(wish: BenchWish): Promise<readonly BenchCell[]>;
}

export interface BenchWish {
  /** How long it looks, where it {@link Bench.takesMinutes takes} that; not said: its own default. */
  readonly minutes?: number;
}

/** Larger is better, for `ratio` against the best of the peers. */
export function rateCell(
  cell: string,
  unit: string,
  figures: { readonly ours: number | null; readonly peers: Readonly<Record<string, number | null>> },
  target: number,
  beside: Readonly<Record<string, number | null>> = {},
): BenchCell {
  const { ours, peers } = figures;
  const known = Object.values(peers).filter((figure) => figure !== null);
  const best = known.length === 0 ? null : Math.max(...known);
  const ratio = ours === null || best === null ? null : ours / best;
  return { cell, unit, ours, peers, ratio, target, met: ratio !== null && ratio >= target, beside };
}

/** Smaller is better: `ours` must stay within `budget`. */
export function budgetCell(
  cell: string,
  unit: string,
  ours: number | null,
  budget: number,
  beside: Readonly<Record<string, number | null>> = {},
): BenchCell {
  const ratio = ours === null ? null : budget / ours;
  return { cell, unit, ours, peers: { budget }, ratio, target: 1, met: ratio !== null && ratio >= 1, beside };
}

/**
 * Runs `file` as a process of its own with these arguments and reads the number on its last line.
 * null when it fails; its stderr is shown.
 */
export function measureInProcess(
  file: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...nodeArgs, fileURLToPath(file), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.on('error', () => resolve(null));
    child.on('close', (code) => {
      const figure = Number(output.trim().split('\n').at(-1));
      resolve(code === 0 && output.trim() !== '' && Number.isFinite(figure) ? figure : null);
    });
  });
}

/** Repeats every measurement in turns and gives the median of each; one that failed even once is null. */
export async function interleaved<Key extends string>(
  keys: readonly Key[],
  repeats: number,
  measure: (key: Key) => Promise<number | null>,
): Promise<Readonly<Record<Key, number | null>>> {
  const figures = new Map<Key, (number | null)[]>(keys.map((key) => [key, []]));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const key of keys) {
      figures.get(key)?.push(await measure(key));
    }
  }
  const medians = keys.map((key) => [key, median(figures.get(key) ?? [])] as const);
  return Object.fromEntries(medians) as Record<Key, number | null>;
}

export function median(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null).sort((a, b) => a - b);
  return known.length < figures.length ? null : (known[Math.floor(known.length / 2)] ?? null);
}

/** The machine, named only by what matters: cores and Node version. */
export function machine(): { readonly node: string; readonly cores: number } {
  return { node: process.versions.node, cores: availableParallelism() };
}
