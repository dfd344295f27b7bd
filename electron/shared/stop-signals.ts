/**
 * Ctrl-C, as a person means it. One press can arrive two or three times: from the terminal to the whole group, and again
 * from npm and from the launcher, which pass it on. What comes within a moment of the first is the same press.
 */

import { type Clock, sleep, systemClock } from '../../core/base/clock.ts';

/** Longer than the copies of one press are apart, shorter than a person presses twice on purpose. */
const samePressMs = 400;

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface StopListener {
  /** The first press: stop, and let what is under way finish. */
  gently(): void;
  /** A further press: stop now. */
  atOnce(): void;
}

export interface StopSignals {
  /**
   * Resolves when no copy of the last press can still be under way. A process that ends earlier may be killed by one, and
   * a shell or npm would call that a failure.
   */
  calm(): Promise<void>;
}

/** From here on these signals end nothing by themselves. */
export function onStopSignals(
  listener: StopListener,
  source: SignalSource = process,
  clock: Clock = systemClock,
): StopSignals {
  let lastPressMs: number | null = null;
  const onSignal = (): void => {
    const now = clock.monotonicMs();
    if (lastPressMs === null) {
      lastPressMs = now;
      listener.gently();
    } else if (now - lastPressMs >= samePressMs) {
      lastPressMs = now;
      listener.atOnce();
    }
  };
  for (const signal of stopSignals) {
    source.on(signal, onSignal);
  }
  return {
    calm: () =>
      lastPressMs === null
        ? Promise.resolve()
        : sleep(clock, Math.max(0, lastPressMs + samePressMs - clock.monotonicMs())),
  };
}

export interface LauncherLink {
  readonly connected?: boolean;
  once(event: 'disconnect', listener: () => void): unknown;
  readonly channel?: { unref(): void } | null | undefined;
}

/**
 * The launcher holds a channel to the process it started. When it is gone, even by `kill -9`, the channel closes and the
 * engine must not live on unseen. Does nothing for a process that was started by hand.
 */
export function onLauncherGone(listener: () => void, link: LauncherLink = process): void {
  if (link.connected) {
    link.once('disconnect', listener);
    // The channel alone is no reason to stay.
    link.channel?.unref();
  }
}
