/**
 * All connections that lie idle. Not a list in the order of idleness: taking one out of such a list touches its two
 * neighbours, which in a pool of thousands are never in the processor's cache.
 */
import { type Random, randomIndex } from '../base/random.ts';
import type { HotConnection } from './hot-connection.ts';

/** So many are looked at to find one that has lain long. */
const sample = 64;

export class IdleSet {
  readonly #members: HotConnection[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  get size(): number {
    return this.#members.length;
  }

  [Symbol.iterator](): IterableIterator<HotConnection> {
    return this.#members.values();
  }

  add(connection: HotConnection): void {
    connection.idleAt = this.#members.length;
    this.#members.push(connection);
  }

  /** The last member takes the place of the one that goes. */
  remove(connection: HotConnection): void {
    const last = this.#members.pop();
    if (last && last !== connection) {
      this.#members[connection.idleAt] = last;
      last.idleAt = connection.idleAt;
    }
    connection.idleAt = -1;
  }

  /** The ids of those that neither a request nor a check has touched for so long; a server that asked to be left alone is. */
  untouched(forMs: number, nowMs: number): readonly number[] {
    const ids: number[] = [];
    for (const { id, touchedMs, upstream } of this.#members) {
      if (touchedMs <= nowMs - forMs && upstream.restUntilMs <= nowMs) {
        ids.push(id);
      }
    }
    return ids;
  }

  /**
   * One that may make room: of a few, the one that has lain longest; of many, the one that has lain longest in a random
   * sample, which is among the longest few percent. null when none lies idle, or `mayGo` lets none of these go.
   */
  longest(mayGo: (connection: HotConnection) => boolean = anyOne): HotConnection | null {
    const { size } = this;
    let longest: HotConnection | null = null;
    for (let look = 0; look < Math.min(size, sample); look += 1) {
      const connection = this.#members[size > sample ? randomIndex(this.#random, size) : look];
      if (connection && (!longest || connection.touchedMs < longest.touchedMs) && mayGo(connection)) {
        longest = connection;
      }
    }
    return longest;
  }
}

function anyOne(): boolean {
  return true;
}
