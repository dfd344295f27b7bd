/**
 * Deterministic simulation of the pool: one seed is one world, one schedule of acts, one end. The same seed and number of
 * steps make the same run to the last microtask, so a failure is played again by its seed.
 */
import type { CloseReason } from '../../core/contract/vocabulary.ts';
import { turn } from './drain.ts';
import { heal, shutDown } from './ending.ts';
import { Invariants } from './invariants.ts';
import { Schedule } from './schedule.ts';
import { World } from './world.ts';

export interface SeedResult {
  readonly steps: number;
  readonly simulatedMs: number;
  readonly served: number;
  readonly refused: ReadonlyMap<string, number>;
  readonly closes: ReadonlyMap<CloseReason, number>;
  readonly acts: ReadonlyMap<string, number>;
  readonly dials: number;
  readonly probes: number;
  readonly requests: number;
}

/** A rule did not hold, or something was thrown that should not have been. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure';
  readonly seed: number;
  readonly step: number;

  constructor(
    seed: number,
    steps: number,
    step: number,
    history: readonly string[],
    scene: readonly string[],
    cause: unknown,
  ) {
    const what =
      cause instanceof Error
        ? cause.name === 'Violation'
          ? cause.message
          : (cause.stack ?? cause.message)
        : String(cause);
    super(
      [
        `seed ${seed} failed at step ${step}: ${what}`,
        `the last ${history.length} acts (step, time, act):`,
        ...history,
        ...scene,
        `again: npm run simulate -- --first-seed ${seed} --seeds 1 --steps ${steps}`,
      ].join('\n'),
      { cause },
    );
    this.seed = seed;
    this.step = step;
  }
}

/** So often the event loop turns: Node then tells of rejections that nobody caught. */
const stepsPerTurn = 64;

/** @throws SimulationFailure that says how to play it again. */
export async function simulate(seed: number, steps: number): Promise<SeedResult> {
  const world = new World(seed);
  const invariants = new Invariants(world);
  const schedule = new Schedule(world, () => invariants.verify());
  const onUncaught = (reason: unknown): void => {
    const told = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    world.referee.fail('nothing is thrown where nobody catches it', told);
  };
  let step = 0;
  process.on('unhandledRejection', onUncaught);
  process.on('uncaughtException', onUncaught);
  try {
    for (; step < steps; step += 1) {
      await schedule.step(step);
      if (step % stepsPerTurn === 0) {
        await turn();
      }
      invariants.verify();
      world.referee.throwIfAny();
    }
    if (world.dice.chance(0.5)) {
      await heal(world, schedule);
    }
    await shutDown(world, schedule);
    await turn();
    world.referee.throwIfAny();
  } catch (error) {
    throw new SimulationFailure(seed, steps, step, schedule.history, world.describe(), error);
  } finally {
    process.off('unhandledRejection', onUncaught);
    process.off('uncaughtException', onUncaught);
  }
  const { callers, watch, network, clock, requests } = world;
  return {
    steps,
    simulatedMs: clock.monotonicMs(),
    served: callers.granted,
    refused: callers.refusals,
    closes: watch.closes,
    acts: schedule.counts,
    dials: network.dials,
    probes: network.probes,
    requests: network.exchangeEnds.good + network.exchangeEnds.other + requests.answered,
  };
}
