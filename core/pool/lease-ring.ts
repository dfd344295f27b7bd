/**
 * The last leases of the whole pool, one after the other: of one connection its last thousand are found among them. One
 * ring for all costs an acquire nothing to speak of, where a list of each connection's own would cost a miss of the cache.
 */
import type { ConnectionExplanation } from '../contract/explain.ts';

type PastLease = ConnectionExplanation['recentLeases'][number];

const outcomes = ['ok', 'failed', 'broken'] as const satisfies readonly PastLease['outcome'][];
/** About 17 MB when it is full. */
const mostLeases = 2 ** 20;
const firstLeases = 1_024;
/** Of one connection. */
const mostOfOne = 1_000;

export class LeaseRing {
  #connections = new Uint32Array(firstLeases);
  #began = new Float64Array(firstLeases);
  #held = new Float32Array(firstLeases);
  #outcomes = new Uint8Array(firstLeases);
  #next = 0;
  #isFull = false;

  /** Times are monotonic. */
  record(connectionId: number, beganMs: number, endedMs: number, outcome: PastLease['outcome']): void {
    if (this.#next === this.#connections.length) {
      this.#makeRoom();
    }
    const at = this.#next;
    this.#connections[at] = connectionId;
    this.#began[at] = beganMs;
    this.#held[at] = endedMs - beganMs;
    this.#outcomes[at] = outcome === 'ok' ? 0 : outcomes.indexOf(outcome);
    this.#next = at + 1;
  }

  /** The last of one connection, in the order in which they ended. */
  of(connectionId: number, epochOffsetMs: number): PastLease[] {
    const found: PastLease[] = [];
    const length = this.#isFull ? this.#connections.length : this.#next;
    for (let back = 1; back <= length && found.length < mostOfOne; back += 1) {
      const at = (this.#next - back + this.#connections.length) % this.#connections.length;
      if (this.#connections[at] === connectionId) {
        found.push({
          beganAtMs: (this.#began[at] ?? 0) + epochOffsetMs,
          heldMs: Math.max(0, this.#held[at] ?? 0),
          outcome: outcomes[this.#outcomes[at] ?? 0] ?? 'ok',
        });
      }
    }
    return found.reverse();
  }

  #makeRoom(): void {
    const length = this.#connections.length * 2;
    if (length > mostLeases) {
      this.#next = 0;
      this.#isFull = true;
      return;
    }
    this.#connections = grown(this.#connections, new Uint32Array(length));
    this.#began = grown(this.#began, new Float64Array(length));
    this.#held = grown(this.#held, new Float32Array(length));
    this.#outcomes = grown(this.#outcomes, new Uint8Array(length));
  }
}

function grown<Numbers extends Uint32Array | Float64Array | Float32Array | Uint8Array>(
  before: Numbers,
  after: Numbers,
): Numbers {
  after.set(before);
  return after;
}
