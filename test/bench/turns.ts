/**
 * Contenders that need the network and a live process of their own: all are started, and then each has its turn of some
 * milliseconds, of its CPU or by the clock, round after round, so that a slow second of the machine hits all alike. The median counts.
 * Every other round goes backwards, so that nobody always comes after the same one. Two processes of the same code differ by a
 * tenth for as long as they live (where their memory lies, what was compiled when), so each contender has several, one after
 * the other, and the median is over the turns of all.
 *
 * Each turn is measured by the clock and by the CPU that the contender's process took. The second says what it could do
 * if it had a core for itself and an origin that never keeps it waiting, and other work on the machine hardly moves it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from './harness.ts';
import { exactCpuMs, usedCpuMs } from './thread-cpu.ts';

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
  /** Times that all contenders are started anew. */
  readonly generations: number;
  /** Of each generation. */
  readonly rounds: number;
  readonly turnMs: number;
  /** Turns end by the clock; otherwise by the CPU that was used, so that each is as much work on a busy machine. */
  readonly byClock: boolean;
  /** Operations of a contender's first turn, which does not count: its code is compiled, its connections are there. */
  readonly warmUp: number;
}

type Score = { readonly [Key in keyof Rates]: number };

/** In the parent: the rates of each contender, null for one of which a process failed. */
export async function takeTurns<Key extends string>(
  file: string,
  keys: readonly Key[],
  argsOf: (key: Key) => readonly string[],
  plan: TurnPlan,
): Promise<Readonly<Record<Key, Rates>>> {
  const scores = new Map<Key, (Score | null)[]>(keys.map((key) => [key, []]));
  for (let generation = 0; generation < plan.generations; generation += 1) {
    const children = new Map(keys.map((key) => [key, fork(fileURLToPath(file), [...argsOf(key)])]));
    try {
      await playRounds(children, plan, (key, score) => scores.get(key)?.push(score));
    } finally {
      await Promise.all([...children.values()].map(end));
    }
  }
  const rates = keys.map((key) => [key, medians(scores.get(key) ?? [])] as const);
  return Object.fromEntries(rates) as Record<Key, Rates>;
}

async function playRounds<Key extends string>(
  children: ReadonlyMap<Key, ChildProcess>,
  { rounds, turnMs, byClock, warmUp }: TurnPlan,
  onScore: (key: Key, score: Score | null) => void,
): Promise<void> {
  for (const child of children.values()) {
    // One that fails here has ended, and scores null from now on.
    await turn(child, { forMs: turnMs, byClock, atLeast: warmUp });
  }
  const order = [...children];
  for (let round = 0; round < rounds; round += 1) {
    for (const [key, child] of round % 2 === 0 ? order : order.toReversed()) {
      onScore(key, await turn(child, { forMs: turnMs, byClock, atLeast: 1 }));
    }
  }
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
    const startedCpuMs = exactCpuMs();
    const startedMs = performance.now();
    const clockMs = (): number => performance.now() - startedMs;
    let done = 0;
    let isOver = false;
    const loop = async (worker: number): Promise<void> => {
      while (!isOver) {
        await operation(worker);
        done += 1;
        if (byClock || done % operationsPerLook === 0) {
          isOver ||= done >= atLeast && (byClock ? clockMs() : usedCpuMs() - startedCpuMs) >= forMs;
        }
      }
    };
    await Promise.all(Array.from({ length: inFlight }, (_, worker) => loop(worker)));
    const byClockRate = (done * 1000) / clockMs();
    const byCpuRate = (done * 1000) / (exactCpuMs() - startedCpuMs);
    process.send?.({ byClock: byClockRate, byCpu: byCpuRate } satisfies Score);
  });
  process.once('disconnect', () => process.exit(0));
}
