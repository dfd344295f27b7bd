/** Draws the acts of a seed, one after the other, and remembers the last of them. */
import type { Action } from './action.ts';
import { actions } from './actions.ts';
import { drain } from './drain.ts';
import type { World } from './world.ts';

/** Acts kept for the report of a failure. */
const remembered = 30;
/** Share of steps in which several acts happen before any promise settles. */
const burstShare = 0.15;
/** Share of steps in which only time passes, some of them so long that what was idle is old. */
const timeShare = 0.4;
const pauses: readonly number[] = [
  0, 1, 1, 1, 5, 5, 5, 50, 50, 50, 50, 200, 200, 200, 500, 500, 1_000, 1_000, 3_000, 12_000,
];
/** Share of pauses so long that everything is old. */
const longShare = 0.01;
const longMs = 70_000;
/** What must hold is looked at so often while time passes: what holds at both ends of a minute may not have held within. */
const lookMs = 1_000;

export class Schedule {
  readonly counts = new Map<string, number>();
  readonly #world: World;
  readonly #choices: readonly Action[];
  readonly #history: string[] = [];
  readonly #onLook: () => void;
  #step = 0;

  constructor(world: World, onLook: () => void) {
    this.#world = world;
    this.#onLook = onLook;
    const { scenario } = world;
    this.#choices = actions.flatMap((action) => {
      const left = scenario.isPlain && action.notPlain;
      const emphasis = left ? 0 : Math.max(scenario.emphasis(action.name), action.always ? 1 : 0);
      return Array.from({ length: action.weight * emphasis }, () => action);
    });
  }

  /** The last acts, oldest first. */
  get history(): readonly string[] {
    return this.#history;
  }

  async step(step: number): Promise<void> {
    const { dice } = this.#world;
    this.#step = step;
    this.#nextMoment();
    if (dice.chance(timeShare)) {
      await this.pass(dice.chance(longShare) ? longMs : dice.pick(pauses));
      return;
    }
    const acts = dice.chance(burstShare) ? dice.between(2, 5) : 1;
    for (let act = 0; act < acts; act += 1) {
      this.#act();
      // Acts may fall between any two turns of the promises that the one before has set going.
      for (let turns = dice.pick([0, 0, 1, 2, 5]); turns > 0 && act < acts - 1; turns -= 1) {
        await null;
      }
    }
    await drain();
  }

  /** Time passes; what falls due does, one by one. */
  async pass(ms: number): Promise<void> {
    const { clock } = this.#world;
    const endMs = clock.monotonicMs() + ms;
    this.note('time', `${ms} ms`);
    await drain();
    for (let leftMs = ms; leftMs > 0; leftMs -= lookMs) {
      await this.#passUntil(endMs - Math.max(0, leftMs - lookMs));
      this.#onLook();
    }
    await this.#passUntil(endMs);
  }

  async #passUntil(untilMs: number): Promise<void> {
    while (this.#world.clock.fireNext(untilMs)) {
      await drain();
      this.#nextMoment();
    }
    await drain();
  }

  note(name: string, detail: string): void {
    const atMs = Math.round(this.#world.clock.monotonicMs()).toLocaleString('en');
    this.#history.push(`${String(this.#step).padStart(6)} ${atMs.padStart(12)} ms  ${name.padEnd(16)} ${detail}`);
    if (this.#history.length > remembered) {
      this.#history.shift();
    }
  }

  #nextMoment(): void {
    this.#world.watch.nextMoment();
    this.#world.fairness.nextMoment();
  }

  #act(): void {
    const { dice } = this.#world;
    const action = dice.pick(this.#choices);
    this.note(action.name, '…');
    const detail = action.act(this.#world);
    this.#history.pop();
    if (detail !== null) {
      this.counts.set(action.name, (this.counts.get(action.name) ?? 0) + 1);
      this.note(action.name, detail);
    }
  }
}
