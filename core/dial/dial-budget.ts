/** One global budget for all dials: acquires draw on it first, then recoveries, refills of the floor, and warm-ups. */
import type { Endpoint } from './endpoint.ts';

/** In the order in which they are served. */
export const dialPriorities = ['acquire', 'recovery', 'refill', 'warm-up'] as const;
export type DialPriority = (typeof dialPriorities)[number];

export interface DialPermit {
  /** Gives the place back and tells the pace how it went. Exactly once; a second call does nothing. */
  release(outcome: { readonly ok: boolean; readonly durationMs: number }): void;
}

export interface DialBudget {
  /**
   * Resolves when this dial may begin: first in, first out within a priority.
   * @throws the signal's reason when it aborts first; cancelling costs O(1).
   */
  take(endpoint: Endpoint, priority: DialPriority, signal: AbortSignal): Promise<DialPermit>;
  /** Dials begun and not ended. */
  readonly inFlight: number;
  readonly waiting: number;
  /** The ceiling of `inFlight` now. */
  readonly concurrency: number;
}
