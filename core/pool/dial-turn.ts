/**
 * One dial's turn in the budget. A dial may take several tries: the next TLS profile after one that was refused, or the same
 * again without a ticket. Each draws on the budget like the first; what it waits for that is not the address's time.
 */
import type { Timer } from '../base/clock.ts';
import type { DialPermit, DialPriority } from '../dial/dial-budget.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import type { PoolContext } from './pool-context.ts';

export interface DialTurnOptions {
  readonly endpoint: Endpoint;
  readonly priority: DialPriority;
  readonly signal: AbortSignal;
  /** For all tries, and for what follows the last of them until the turn is closed; null: no such bound. */
  readonly timeoutMs: number | null;
  /** The time is used up. */
  readonly onLate: () => void;
}

export class DialTurn {
  readonly #context: PoolContext;
  readonly #options: DialTurnOptions;
  #permit: DialPermit | null = null;
  #beganMs = 0;
  /** In tries that are over. */
  #spentMs = 0;
  #deadline: Timer | null = null;

  constructor(context: PoolContext, options: DialTurnOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** What the tries have taken, without the waits between them. */
  get spentMs(): number {
    return this.#spentMs + (this.#permit ? this.#context.nowMs() - this.#beganMs : 0);
  }

  /** Waits until the first try may begin, or the next. @throws the signal's reason when it aborts first. */
  async next(): Promise<void> {
    const { endpoint, priority, signal, timeoutMs, onLate } = this.#options;
    // The address has answered, if not as we hoped: no sign that there are too many dials.
    this.release(true);
    this.#deadline?.cancel();
    this.#permit = await this.#context.parts.budget.take(endpoint, priority, signal);
    this.#beganMs = this.#context.nowMs();
    if (timeoutMs !== null) {
      this.#deadline = this.#context.clock.after(timeoutMs - this.#spentMs, onLate);
    }
  }

  /** The try is over. */
  release(ok: boolean): void {
    if (this.#permit) {
      const durationMs = this.#context.nowMs() - this.#beganMs;
      this.#spentMs += durationMs;
      this.#permit.release({ ok, durationMs });
      this.#permit = null;
    }
  }

  /** Nothing is late any more. */
  close(): void {
    this.#deadline?.cancel();
  }
}
