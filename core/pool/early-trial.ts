/** An ejected endpoint that somebody wants now: it is probed ahead of its time, and who wants it waits for what comes of it. */

import { onAbort } from '../base/abort-watch.ts';
import type { Timer } from '../base/clock.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { onTrialCode } from '../dial/error-classes.ts';
import { longestTrialPauseMs } from '../health/recovery-prober.ts';
import type { PoolContext } from './pool-context.ts';
import type { Upstream } from './upstream.ts';

export interface TrialWait {
  /** Of the looks together; the pauses between them come on top. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Its trial is had as any other: by the one who probes, one look at a time, `healthy_after` good ones of which bring it
 * back. One that fails before its time costs the endpoint nothing; it stays away for the rest of its back-off.
 */
export class EarlyTrial {
  readonly #context: PoolContext;

  constructor(context: PoolContext) {
    this.#context = context;
  }

  /** The automaton alone keeps it out of use. */
  isFor(upstream: Upstream): boolean {
    const { rule } = this.#context.verdict(upstream);
    return this.#context.health(upstream).standing !== 'open' && (rule === null || rule.origin === 'automatic');
  }

  /**
   * Resolves when it is back in use.
   * @throws ClassifiedError with what its probe has met, `not-allowed` when that is not known or nothing came of it in time,
   * `aborted` when the signal aborts.
   */
  async pass(upstream: Upstream, { timeoutMs, signal }: TrialWait): Promise<void> {
    const beganMs = this.#context.nowMs();
    const waitMs = timeoutMs + longestTrialPauseMs(this.#context.settings.health.healthyAfter);
    const isBack = await this.#decided(upstream, waitMs, signal);
    if (signal.aborted) {
      throw new ClassifiedError('aborted', 'ABORTED', 'aborted on trial', { cause: signal.reason });
    }
    if (isBack === null) {
      const seconds = Math.round(waitMs / 100) / 10;
      throw new ClassifiedError('not-allowed', onTrialCode, whyWords('trial-undecided', { seconds }));
    }
    const { last, lastMs } = upstream.record;
    if (!isBack && last?.class && lastMs >= beganMs) {
      throw new ClassifiedError(last.class, last.code, last.message);
    }
  }

  /** Whether it is back; null: neither that nor ejected anew in time, or the signal has aborted. */
  #decided(upstream: Upstream, waitMs: number, signal: AbortSignal): Promise<boolean | null> {
    const { health, clock } = this.#context.parts;
    const { promise, resolve } = Promise.withResolvers<boolean | null>();
    let isTried = this.#context.health(upstream).standing === 'trial';
    const ignoreChanges = health.onChange(() => {
      const { standing } = this.#context.health(upstream);
      if (standing === 'trial') {
        isTried = true;
      } else if (standing === 'open' || isTried) {
        resolve(standing === 'open');
      }
    });
    const ignoreAbort = onAbort(signal, () => resolve(null));
    const timer: Timer = clock.after(waitMs, () => resolve(null));
    this.#context.health(upstream).probeNow();
    return promise.finally(() => {
      ignoreChanges();
      ignoreAbort();
      timer.cancel();
    });
  }
}
