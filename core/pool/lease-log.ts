/** The last few notable leases of one connection, in small integers. */
import type { ConnectionExplanation } from '../contract/explain.ts';

type RecentLease = ConnectionExplanation['recentLeases'][number];

const outcomes = ['ok', 'failed', 'broken'] as const satisfies readonly RecentLease['outcome'][];
const kept = 8;
const fields = 3;

export class LeaseLog {
  /** Began (monotonic), held, outcome; again and again. */
  readonly #slots: number[] = [];
  #next = 0;

  record(beganMs: number, endedMs: number, outcome: RecentLease['outcome']): void {
    const at = this.#next;
    this.#slots[at] = beganMs;
    this.#slots[at + 1] = Math.floor(endedMs) - beganMs;
    this.#slots[at + 2] = outcomes.indexOf(outcome);
    this.#next = at + fields === kept * fields ? 0 : at + fields;
  }

  /** In the order in which they ended. */
  toLeases(epochOffsetMs: number): RecentLease[] {
    const slots = [...this.#slots.slice(this.#next), ...this.#slots.slice(0, this.#next)];
    const leases: RecentLease[] = [];
    for (let at = 0; at < slots.length; at += fields) {
      leases.push({
        beganAtMs: (slots[at] ?? 0) + epochOffsetMs,
        heldMs: Math.max(0, slots[at + 1] ?? 0),
        outcome: outcomes[slots[at + 2] ?? 0] ?? 'ok',
      });
    }
    return leases;
  }
}
