/** What many seeds together have met. */
import { type CloseReason, closeReasons } from '../../core/contract/vocabulary.ts';
import type { SeedResult } from './simulation.ts';

export class Summary {
  seeds = 0;
  steps = 0;
  simulatedMs = 0;
  served = 0;
  dials = 0;
  probes = 0;
  requests = 0;
  readonly refused = new Map<string, number>();
  readonly closes = new Map<CloseReason, number>();
  readonly acts = new Map<string, number>();

  add(result: SeedResult): void {
    this.seeds += 1;
    this.steps += result.steps;
    this.simulatedMs += result.simulatedMs;
    this.served += result.served;
    this.dials += result.dials;
    this.probes += result.probes;
    this.requests += result.requests;
    addTo(this.refused, result.refused);
    addTo(this.closes, result.closes);
    addTo(this.acts, result.acts);
  }

  /** Of the closed set, those that no seed has met. */
  get reasonsNotMet(): readonly CloseReason[] {
    return closeReasons.filter((reason) => !this.closes.has(reason));
  }

  toLines(elapsedMs: number): readonly string[] {
    const perSecond = Math.round(this.steps / (elapsedMs / 1_000));
    const hours = this.simulatedMs / 3_600_000;
    const notMet = this.reasonsNotMet;
    return [
      `${count(this.seeds)} seeds, ${count(this.steps)} steps, no rule broken`,
      `${(elapsedMs / 1_000).toFixed(1)} s, ${count(perSecond)} steps a second, ${hours.toFixed(1)} simulated hours`,
      `${count(this.dials)} dials, ${count(this.probes)} probes, ${count(this.requests)} requests`,
      `acquires: ${count(this.served)} served, ${count(sum(this.refused))} refused`,
      ...list(this.refused),
      `closes: ${count(sum(this.closes))}`,
      ...list(this.closes),
      notMet.length === 0 ? 'every reason of the closed set was met' : `reasons not met: ${notMet.join(', ')}`,
    ];
  }
}

function addTo<Key>(sums: Map<Key, number>, more: ReadonlyMap<Key, number>): void {
  for (const [key, value] of more) {
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, value) => total + value, 0);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function list(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([what, value]) => `  ${count(value).padStart(10)}  ${what}`);
}
