/**
 * Contenders that need the network and a live process of their own: all are started, and then each has its turn of a
 * few hundred milliseconds, round after round, so that a slow second of the machine hits all alike. The median counts.
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
  readonly forMs: number;
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
  /** Operations of a contender's first turn, which does not count: its code is compiled, its connections are there. */
  readonly warmUp: number;
}

type Score = { readonly [Key in keyof Rates]: number };

/** In the parent: the rates of each contender, null for one whose process failed. */
export async function takeTurns<Key extends string>(
  file: string,
  keys: readonly Key[],
  argsOf: (key: Key) => readonly string[],
  { rounds, turnMs, warmUp }: TurnPlan,
): Promise<Readonly<Record<Key, Rates>>> {
  const children = new Map<Key, ChildProcess>();
  const scores = new Map<Key, (Score | null)[]>();
  try {
    for (const key of keys) {
      const child = fork(fileURLToPath(file), [...argsOf(key)]);
      children.set(key, child);
      scores.set(key, (await turn(child, { forMs: turnMs, atLeast: warmUp })) === null ? [null] : []);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const [key, child] of children) {
        scores.get(key)?.push(await turn(child, { forMs: turnMs, atLeast: 1 }));
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

/** In the contender's process: `inFlight` loops of `operation` at each turn, until the parent goes. */
export function answerTurns(inFlight: number, operation: (worker: number) => Promise<unknown>): void {
  process.on('message', async ({ forMs, atLeast }: Turn) => {
    const startedMs = performance.now();
    const started = process.threadCpuUsage();
    let done = 0;
    const loop = async (worker: number): Promise<void> => {
      while (done < atLeast || performance.now() - startedMs < forMs) {
        await operation(worker);
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, (_, worker) => loop(worker)));
    const { user, system } = process.threadCpuUsage(started);
    const byClock = (done * 1000) / (performance.now() - startedMs);
    const byCpu = (done * 1_000_000) / (user + system);
    process.send?.({ byClock, byCpu } satisfies Score);
  });
  process.once('disconnect', () => process.exit(0));
}
