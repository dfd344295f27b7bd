/** How far back can be gone, and what happened in the time that the slider spans; asked of the present's engine. */
import { useCallback } from 'react';
import type { TimeFrame } from '../base/time-frame.ts';
import { askHappened, type Happening, happeningsOf } from '../store/past/happenings.ts';
import { useConsole } from '../store/use-console.ts';
import { usePolled } from '../store/use-polled.ts';

const againMs = 10_000;

export interface Remembered {
  /** Whether that is known yet: just after a start, or with a file that cannot be read, nothing is. */
  readonly isKnown: boolean;
  /** The first moment; null while there is none. */
  readonly firstMs: number | null;
  /** Why nothing is recorded; null while all is well. */
  readonly fault: string | null;
  /** Oldest first. */
  readonly happenings: readonly Happening[];
}

/** null before the first answer; the last good one stays. */
export function useRemembered({ fromMs, toMs }: TimeFrame): Remembered | null {
  const { bridge } = useConsole();
  // A frame that goes on with time is asked about when it has moved by a hundredth, not at each second.
  const stepMs = Math.max(againMs, (toMs - fromMs) / 100);
  const beganMs = Math.floor(fromMs / stepMs) * stepMs;
  const endMs = Math.ceil(toMs / stepMs) * stepMs;
  const ask = useCallback(async (): Promise<Remembered> => {
    const [status, happened] = await Promise.all([
      bridge.request('history.status', {}),
      askHappened(bridge, { fromMs: beganMs, toMs: endMs }),
    ]);
    return {
      isKnown: status.sizeBytes !== null,
      firstMs: status.firstMomentMs,
      fault: status.fault,
      happenings: happeningsOf(happened),
    };
  }, [bridge, beganMs, endMs]);
  return usePolled(ask, againMs).value;
}
