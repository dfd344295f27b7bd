/** The events that fit: read from the history page by page, and joined by what happens now. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { failureText } from '../../actions/action.ts';
import { useConsole } from '../../store/use-console.ts';
import { type EventFilter, fits, mergeEvents } from './event-filter.ts';
import type { ShownEvent } from './shown-event.ts';

export const ranges = {
  quarter: 900_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  all: 90 * 86_400_000,
} as const;
export type RangeName = keyof typeof ranges;

const pageSize = 200;
/** Somebody types. */
const typingMs = 250;
/** The engine's clock is read from its frames, which come a little late. */
const aheadMs = 5_000;

interface Remembered {
  readonly fromMs: number;
  readonly events: readonly ShownEvent[];
  readonly cursor: number | null;
}

export interface EventLog {
  /** Newest first. */
  readonly events: readonly ShownEvent[];
  /** There are older ones in the range. */
  readonly hasOlder: boolean;
  readonly isReading: boolean;
  readonly failure: string | null;
  readonly readOlder: () => void;
}

export function useEventLog(filter: EventFilter, range: RangeName): EventLog {
  const { bridge, clock, events: store } = useConsole();
  const latest = useSyncExternalStore(store.changes.subscribe, store.latest);
  const pictures = useSyncExternalStore(store.changes.subscribe, store.pictures);
  const [remembered, setRemembered] = useState<Remembered | null>(null);
  const [isReading, setIsReading] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => store.retain(), [store]);

  const read = useCallback(
    (fromMs: number, cursor: number | null) => {
      const { text, levels, kind, host, ip } = filter;
      return bridge.request('history.events', {
        fromMs,
        toMs: clock.now() + aheadMs,
        text: text.trim(),
        levels: [...levels],
        kind,
        host,
        ip: ip.trim() === '' ? null : ip.trim(),
        limit: pageSize,
        cursor,
      });
    },
    [bridge, clock, filter],
  );

  // A new picture of the stream may have a gap before it, so the history is asked anew.
  useEffect(() => {
    let current = pictures >= 0;
    setIsReading(true);
    const timer = setTimeout(() => {
      const fromMs = clock.now() - ranges[range];
      read(fromMs, null)
        .then(
          ({ events, cursor }) => {
            if (current) {
              setRemembered({ fromMs, events, cursor });
              setFailure(null);
            }
          },
          (error: unknown) => {
            if (current) {
              setRemembered({ fromMs, events: [], cursor: null });
              setFailure(failureText(error));
            }
          },
        )
        .finally(() => current && setIsReading(false));
    }, typingMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [clock, read, range, pictures]);

  const readOlder = (): void => {
    if (isReading || remembered?.cursor == null) {
      return;
    }
    setIsReading(true);
    read(remembered.fromMs, remembered.cursor)
      .then(
        ({ events, cursor }) =>
          // Another filter may have been chosen meanwhile: its own first page has taken this one's place.
          setRemembered((now) => (now === remembered ? { ...now, events: [...now.events, ...events], cursor } : now)),
        (error: unknown) => setFailure(failureText(error)),
      )
      .finally(() => setIsReading(false));
  };

  const events = useMemo(() => {
    const fromMs = remembered?.fromMs ?? Number.POSITIVE_INFINITY;
    const live = latest.filter((event) => event.atMs >= fromMs && fits(event, filter));
    return mergeEvents(live, remembered?.events ?? []);
  }, [latest, remembered, filter]);
  return { events, hasOlder: remembered?.cursor != null, isReading, failure, readOlder };
}
