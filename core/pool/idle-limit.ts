/**
 * How long a host's server keeps an idle connection: by its own word (Keep-Alive: timeout), else learned from what it did.
 * One close proves nothing (a restart closes all at once), so two closes after about the same idle time are needed.
 */
const alike = 0.2;
/** Closes after less than this are no idle limit, and one that is told is not believed to be shorter. */
const shortestMs = 1_000;
/** No connection is retired sooner. */
export const soonestRetireMs = shortestMs / 2;
/** What was learned is forgotten after this: a server may have been given a longer limit, and nobody would ever see. */
const learnedForMs = 3_600_000;
/** Retired this share of the limit early, and at least `marginMs`. */
const marginShare = 0.1;
const marginMs = 1_000;
/** Longer than anything lies idle, and unlike infinity a small integer, which is read without a detour on each acquire. */
const neverMs = 2 ** 30;

export class IdleLimit {
  #retireAfterMs = neverMs;
  #toldMs: number | null = null;
  #learnedMs: number | null = null;
  #learnedAtMs = 0;
  #suspectedMs: number | null = null;

  /** null: not known. */
  get limitMs(): number | null {
    return this.#toldMs ?? this.#learnedMs;
  }

  /** The server said so itself. */
  get isTold(): boolean {
    return this.#toldMs !== null;
  }

  /**
   * The idle time after which a connection is retired, and no longer handed out unchecked, so that the server's close
   * never meets a request; twelve days while the limit is not known.
   */
  get retireAfterMs(): number {
    return this.#retireAfterMs;
  }

  told(limitMs: number): void {
    this.#toldMs = Math.max(limitMs, shortestMs);
    this.#update();
  }

  /** The server closed a connection that nothing had touched for `idleMs`. */
  closedAfter(idleMs: number, nowMs: number): void {
    if (idleMs < shortestMs) {
      return;
    }
    if (this.#suspectedMs !== null && Math.abs(idleMs - this.#suspectedMs) <= this.#suspectedMs * alike) {
      this.#learnedMs = Math.min(idleMs, this.#suspectedMs);
      this.#learnedAtMs = nowMs;
      this.#update();
    }
    this.#suspectedMs = idleMs;
  }

  /** Called now and then. */
  forgetOld(nowMs: number): void {
    if (this.#learnedMs !== null && nowMs - this.#learnedAtMs >= learnedForMs) {
      this.#learnedMs = null;
      this.#suspectedMs = null;
      this.#update();
    }
  }

  #update(): void {
    const { limitMs } = this;
    this.#retireAfterMs =
      limitMs === null
        ? neverMs
        : Math.floor(Math.max(limitMs / 2, limitMs - Math.max(marginMs, limitMs * marginShare)));
  }
}
