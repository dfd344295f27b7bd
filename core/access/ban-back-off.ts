/** How long an automatic ban lasts: longer each time the same IP earns one. */
import { jittered, type Random } from '../base/random.ts';

export interface BanBackOffSettings {
  /** Length of the first ban, milliseconds. */
  readonly baseMs: number;
  /** No ban is longer, milliseconds. */
  readonly maxMs: number;
}

export const defaultBanBackOff: BanBackOffSettings = { baseMs: 30_000, maxMs: 3_600_000 };

/** Spread of a ban's length, so that IPs banned together do not come back together. */
const jitterShare = 0.1;
/** Doubling any base this often is past every cap. */
const mostDoublings = 40;

export class BanBackOff {
  readonly #settings: BanBackOffSettings;
  readonly #random: Random;
  /** Bans in a row, and when the last one ends. */
  readonly #strikes = new Map<string, { count: number; untilMs: number }>();
  #sweptAtMs = 0;

  constructor(settings: BanBackOffSettings, random: Random) {
    this.#settings = settings;
    this.#random = random;
  }

  /** A further ban of `ip`: base × 2^(bans before it), jittered, capped. Milliseconds. */
  nextMs(ip: string, nowMs: number): number {
    this.#forgetOld(nowMs);
    const before = this.#strikes.get(ip)?.count ?? 0;
    const { baseMs, maxMs } = this.#settings;
    const lengthMs = Math.min(
      maxMs,
      jittered(this.#random, baseMs * 2 ** Math.min(before, mostDoublings), jitterShare),
    );
    this.#strikes.set(ip, { count: before + 1, untilMs: nowMs + lengthMs });
    return lengthMs;
  }

  /** The IP is well, or the operator has lifted its ban: the next ban is a first one. True when there was one. */
  forget(ip: string): boolean {
    return this.#strikes.delete(ip);
  }

  /** An IP that stayed away for twice the longest ban after its last one begins anew; this also bounds the memory. */
  #forgetOld(nowMs: number): void {
    const { maxMs } = this.#settings;
    if (nowMs - this.#sweptAtMs < maxMs) {
      return;
    }
    this.#sweptAtMs = nowMs;
    for (const [ip, strike] of this.#strikes) {
      if (nowMs - strike.untilMs > 2 * maxMs) {
        this.#strikes.delete(ip);
      }
    }
  }
}
