/**
 * One rule on one subject, from the first bad second to the end: idle → pending → firing → idle. What lies between the
 * threshold and the clear threshold changes nothing, so that a figure that trembles at its threshold makes one alert.
 */

/** `between`: good enough not to begin an alert, not good enough to end one. `untold`: cannot be told now. */
export type Look = 'breached' | 'between' | 'clear' | 'untold';

export interface AlertTimes {
  /** How long it must be breached without a break before it fires. */
  readonly holdMs: number;
  /** How long it must be clear, or untold, without a break before it is resolved. */
  readonly clearHoldMs: number;
}

/** `dropped`: it was pending, and never fired. */
export type Turn = 'began' | 'fired' | 'dropped' | 'resolved';

export type AlertPhase =
  | { readonly name: 'idle' }
  | { readonly name: 'pending'; readonly sinceMs: number }
  | { readonly name: 'firing'; readonly clearSinceMs: number | null };

const idle: AlertPhase = { name: 'idle' };

/** Times are monotonic. */
export class AlertMachine {
  #phase: AlertPhase = idle;

  get phase(): AlertPhase {
    return this.#phase;
  }

  /** It fired before the engine was started, and nobody knows yet that it is over. */
  resume(): void {
    this.#phase = { name: 'firing', clearSinceMs: null };
  }

  /** Called about once a second; what happened, in order: at most `began` and `fired` in one look. */
  look(look: Look, nowMs: number, { holdMs, clearHoldMs }: AlertTimes): readonly Turn[] {
    const phase = this.#phase;
    switch (phase.name) {
      case 'idle':
        if (look !== 'breached') {
          return [];
        }
        return ['began', ...this.#hold(nowMs, nowMs, holdMs)];
      case 'pending':
        if (look === 'breached') {
          return this.#hold(phase.sinceMs, nowMs, holdMs);
        }
        this.#phase = idle;
        return ['dropped'];
      case 'firing': {
        if (look === 'breached' || look === 'between') {
          this.#phase = { name: 'firing', clearSinceMs: null };
          return [];
        }
        const clearSinceMs = phase.clearSinceMs ?? nowMs;
        const isOver = nowMs - clearSinceMs >= clearHoldMs;
        this.#phase = isOver ? idle : { name: 'firing', clearSinceMs };
        return isOver ? ['resolved'] : [];
      }
    }
  }

  #hold(sinceMs: number, nowMs: number, holdMs: number): readonly Turn[] {
    const isHeld = nowMs - sinceMs >= holdMs;
    this.#phase = isHeld ? { name: 'firing', clearSinceMs: null } : { name: 'pending', sinceMs };
    return isHeld ? ['fired'] : [];
  }
}
