/**
 * All connections that lie idle. Not a list in the order of idleness: taking one out of such a list touches its two
 * neighbours, which in a pool of thousands are never in the processor's cache. One that is leased keeps its place, for it
 * lies idle again in a moment; who looks for idle ones drops those that do not lie idle any more.
 */
import { type Random, randomIndex } from '../base/random.ts';
import type { HotConnection } from './hot-connection.ts';

/** So many are looked at to find one that has lain long. */
const sample = 64;

export class IdleSet {
  readonly #members: HotConnection[] = [];
  readonly #random: Random;
  /** Of the members, those that lie idle. */
  size = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  *[Symbol.iterator](): IterableIterator<HotConnection> {
    for (const connection of this.#members) {
      if (connection.state === 'idle') {
        yield connection;
      }
    }
  }

  /** It lies idle from now on. */
  add(connection: HotConnection): void {
    this.size += 1;
    if (connection.idleAt < 0) {
      connection.idleAt = this.#members.length;
      this.#members.push(connection);
    }
  }

  /** It lies idle no longer. */
  remove(): void {
    this.size -= 1;
  }

  /** It is closed. The last member takes its place. */
  forget(connection: HotConnection): void {
    if (connection.idleAt < 0) {
      return;
    }
    const last = this.#members.pop();
    if (last && last !== connection) {
      this.#members[connection.idleAt] = last;
      last.idleAt = connection.idleAt;
    }
    connection.idleAt = -1;
  }

  /**
   * The ids of those that neither a request nor a check has touched for so long; a server that asked to be left alone is.
   * A passed check counts as use, so one that only a caller named is checked with all others (0) alone: else it never went.
   */
  untouched(forMs: number, nowMs: number): readonly number[] {
    const ids: number[] = [];
    for (const { id, touchedMs, upstream } of this) {
      const isKept = upstream.belongs || forMs === 0;
      if (isKept && touchedMs <= nowMs - forMs && upstream.restUntilMs <= nowMs) {
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
    let longest: HotConnection | null = null;
    let looks = 0;
    while (looks < Math.min(this.#members.length, sample)) {
      const { length } = this.#members;
      const connection = this.#members[length > sample ? randomIndex(this.#random, length) : looks];
      if (connection && connection.state !== 'idle') {
        this.forget(connection);
        continue;
      }
      looks += 1;
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
