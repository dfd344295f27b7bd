/**
 * Contenders that need the network and a live process of their own: all are started, and then each has its turn of some
 * milliseconds, of its CPU or by the clock, round after round, so that a slow second of the machine hits all alike. The median counts.
 *
 * Each turn is measured by the clock and by the CPU that the contender's process took. The second says what it could do
 * if it had a core for itself and an origin that never keeps it waiting, and other work on the machine hardly moves it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from './harness.ts';

interface Turn {
  /** Of the contender's CPU, or of time where `byClock` is set. */
  readonly forMs: number;
  readonly byClock: boolean;
  /** Goes on until so many operations are done. */
  readonly atLeast: number;
}

/** Operations a second. */
export interface Rates {
  readonly byClock: number | null;
  readonly byCpu: number | null;
}

export interface TurnPlan {
  readonly rounds: number;
  readonly turnMs: number;
  /** Turns end by the clock; otherwise by the CPU that was used, so that each is as much work on a busy machine. */
  readonly byClock: boolean;
  /** Operations of a contender's first turn, which does not count: its code is compiled, its connections are there. */
  readonly warmUp: number;
}

type Score = { readonly [Key in keyof Rates]: number };

/** In the parent: the rates of each contender, null for one whose process failed. */
export async function takeTurns<Key extends string>(
  file: string,
  keys: readonly Key[],
  argsOf: (key: Key) => readonly string[],
  { rounds, turnMs, byClock, warmUp }: TurnPlan,
): Promise<Readonly<Record<Key, Rates>>> {
  const children = new Map<Key, ChildProcess>();
  const scores = new Map<Key, (Score | null)[]>();
  try {
    for (const key of keys) {
      const child = fork(fileURLToPath(file), [...argsOf(key)]);
      children.set(key, child);
      scores.set(key, (await turn(child, { forMs: turnMs, byClock, atLeast: warmUp })) === null ? [null] : []);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const [key, child] of children) {
        scores.get(key)?.push(await turn(child, { forMs: turnMs, byClock, atLeast: 1 }));
      }
    }
  } finally {
    await Promise.all([...children.values()].map(end));
  }
  const rates = keys.map((key) => [key, medians(scores.get(key) ?? [])] as const);
  return Object.fromEntries(rates) as Record<Key, Rates>;
}

function medians(scores: readonly (Score | null)[]): Rates {
  return {
    byClock: median(scores.map((score) => score?.byClock ?? null)),
    byCpu: median(scores.map((score) => score?.byCpu ?? null)),
  };
}

/** null when the process has ended. */
async function turn(child: ChildProcess, plan: Turn): Promise<Score | null> {
  if (child.exitCode !== null) {
    return null;
  }
  child.send(plan);
  const ended = new AbortController();
  const answer = once(child, 'message', { signal: ended.signal });
  const exit = once(child, 'exit', { signal: ended.signal }).then(() => null);
  const first = await Promise.race([answer, exit]);
  ended.abort();
  await Promise.allSettled([answer, exit]);
  return first === null ? null : (first[0] as Score);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) {
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  }
}

/** The CPU is asked for after so many, since asking costs some itself. */
const operationsPerLook = 16;

/** In the contender's process: `inFlight` loops of `operation` at each turn, until the parent goes. */
export function answerTurns(inFlight: number, operation: (worker: number) => Promise<unknown>): void {
  process.on('message', async ({ forMs, byClock, atLeast }: Turn) => {
    const startedMs = performance.now();
    const started = process.threadCpuUsage();
    const clockMs = (): number => performance.now() - startedMs;
    const cpuMs = (): number => {
      const { user, system } = process.threadCpuUsage(started);
      return (user + system) / 1000;
    };
    let done = 0;
    let isOver = false;
    const loop = async (worker: number): Promise<void> => {
      while (!isOver) {
        await operation(worker);
        done += 1;
        if (byClock || done % operationsPerLook === 0) {
          isOver ||= done >= atLeast && (byClock ? clockMs() : cpuMs()) >= forMs;
        }
      }
    };
    await Promise.all(Array.from({ length: inFlight }, (_, worker) => loop(worker)));
    process.send?.({ byClock: (done * 1000) / clockMs(), byCpu: (done * 1000) / cpuMs() } satisfies Score);
  });
  process.once('disconnect', () => process.exit(0));
}
