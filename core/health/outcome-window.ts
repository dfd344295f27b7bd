/** How often something went well in the last minute, in six slots of ten seconds. */

const slotMs = 10_000;
const slots = 6;

export class OutcomeWindow {
  readonly #good = new Array<number>(slots).fill(0);
  readonly #bad = new Array<number>(slots).fill(0);
  #slot = 0;

  add(good: boolean, nowMs: number): void {
    this.#moveTo(nowMs);
    const counts = good ? this.#good : this.#bad;
    const at = this.#slot % slots;
    counts[at] = (counts[at] ?? 0) + 1;
  }

  read(nowMs: number): { readonly good: number; readonly bad: number } {
    this.#moveTo(nowMs);
    return { good: sum(this.#good), bad: sum(this.#bad) };
  }

  clear(): void {
    this.#good.fill(0);
    this.#bad.fill(0);
  }

  #moveTo(nowMs: number): void {
    const slot = Math.floor(nowMs / slotMs);
    const stale = Math.min(slots, slot - this.#slot);
    for (let passed = 1; passed <= stale; passed += 1) {
      const at = (this.#slot + passed) % slots;
      this.#good[at] = 0;
      this.#bad[at] = 0;
    }
    this.#slot = Math.max(this.#slot, slot);
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
