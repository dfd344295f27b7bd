/** The events that fit: read from the history page by page, and joined by what happens now. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type EventFilter, type RangeName, ranges, wantedIp } from '../../store/events-screen.ts';
import { useConsole, useEngineSecond, useIsPast } from '../../store/use-console.ts';
import { failureText } from '../../words/failure-text.ts';
import { fits, mergeEvents } from './event-filter.ts';
import type { ShownEvent } from './shown-event.ts';

const pageSize = 500;
/** Somebody types. */
const typingMs = 250;
/** The engine's clock is read from its frames, which come a little late. */
const aheadMs = 5_000;
/** Of what is read page by page. */
const mostKept = 50_000;
/** Of a flood, to meet what was read before it. */
const mostOfFlood = 5_000;
/** Of the rest of a range, for a file. */
const mostOfRest = 100_000;
/** Of the past so much is read beyond its moment, for when it is played; then the next part. */
const partMs = 600_000;

/** What was read, and for what. */
export interface Remembered {
  readonly filter: EventFilter;
  readonly range: RangeName;
  readonly fromMs: number;
  readonly events: readonly ShownEvent[];
  readonly cursor: number | null;
  readonly pages: number;
}

/** How many of them, newest first, came after the newest that is held. */
export function freshOnes(events: readonly ShownEvent[], held: readonly ShownEvent[]): number {
  const [top] = held;
  const isOlder = ({ atMs, seq }: ShownEvent): boolean =>
    top !== undefined && (Math.floor(atMs) - Math.floor(top.atMs) || seq - top.seq) <= 0;
  const first = events.findIndex(isOlder);
  return first === -1 ? events.length : first;
}

export interface EventLog {
  /** Newest first. */
  readonly events: readonly ShownEvent[];
  /** There are older ones in the range. */
  readonly hasOlder: boolean;
  /** Read so far. */
  readonly pages: number;
  readonly isReading: boolean;
  readonly failure: string | null;
  readonly readOlder: () => void;
  /** Those of the range that are not read yet, newest first; `whole` is false where there are too many to be had at once. */
  readonly readRest: () => Promise<{ readonly events: readonly ShownEvent[]; readonly whole: boolean }>;
}

/**
 * A new first page, with what was read before it below: who reads old ones keeps his place in a flood. Where a gap lies
 * between the two, or it has become more than is good to keep, the new page stands alone.
 */
export function withFirstPage(before: Remembered | null, first: Remembered): Remembered {
  const [newest] = before?.events ?? [];
  const oldest = first.events.at(-1);
  if (
    before?.filter !== first.filter ||
    before.range !== first.range ||
    newest === undefined ||
    oldest === undefined ||
    oldest.atMs > newest.atMs ||
    before.events.length > mostKept
  ) {
    return first;
  }
  const kept = before.events.filter(({ atMs }) => atMs >= first.fromMs);
  return {
    ...first,
    events: mergeEvents(first.events.toReversed(), kept),
    // What has left the range by now has nothing older behind it that is in it.
    cursor: kept.length === before.events.length ? before.cursor : null,
    pages: before.pages,
  };
}

/** Up to the present, or to the moment of the past that is shown. */
export function useEventLog(filter: EventFilter, range: RangeName): EventLog {
  const { bridge, clock, events: store } = useConsole();
  const isPast = useIsPast();
  const secondMs = useEngineSecond();
  const pastMs = isPast ? secondMs : null;
  const part = pastMs === null ? null : Math.floor(pastMs / partMs);
  const latest = useSyncExternalStore(store.changes.subscribe, store.latest);
  const readings = useSyncExternalStore(store.changes.subscribe, store.readings);
  const [remembered, setRemembered] = useState<Remembered | null>(null);
  const rememberedRef = useRef(remembered);
  rememberedRef.current = remembered;
  const [isReading, setIsReading] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => store.retain(), [store]);

  const read = useCallback(
    (fromMs: number, cursor: number | null) => {
      const { text, levels, kind, host } = filter;
      return bridge.request('history.events', {
        fromMs,
        toMs: part === null ? clock.now() + aheadMs : (part + 1) * partMs,
        text: text.trim(),
        levels: [...levels],
        kind,
        host,
        ip: wantedIp(filter),
        limit: pageSize,
        cursor,
      });
    },
    [bridge, clock, filter, part],
  );

  /** Back to where the log that is there begins, so that there is no gap; of another filter the first page. */
  const readFirst = useCallback(
    async (fromMs: number) => {
      const known = rememberedRef.current;
      const newestMs = known?.filter === filter && known.range === range ? known.events[0]?.atMs : undefined;
      let page = await read(fromMs, null);
      const events = [...page.events];
      while (
        newestMs !== undefined &&
        page.cursor !== null &&
        events.length < mostOfFlood &&
        (events.at(-1)?.atMs ?? 0) > newestMs
      ) {
        page = await read(fromMs, page.cursor);
        events.push(...page.events);
      }
      return { events, cursor: page.cursor };
    },
    [read, filter, range],
  );

  // A new picture of the stream may have a gap before it, and the stream's latest reach back only so far.
  useEffect(() => {
    let current = readings >= 0;
    setIsReading(true);
    const timer = setTimeout(() => {
      const fromMs = (part === null ? clock.now() : part * partMs) - ranges[range];
      readFirst(fromMs)
        .then(
          ({ events, cursor }) => {
            if (current) {
              setRemembered((before) => withFirstPage(before, { filter, range, fromMs, events, cursor, pages: 1 }));
              setFailure(null);
            }
          },
          // What was read before stays: it is all there is while nobody answers.
          (error: unknown) => current && setFailure(failureText(error)),
        )
        .finally(() => current && setIsReading(false));
    }, typingMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [clock, readFirst, range, readings, filter, part]);

  const readOlder = (): void => {
    if (isReading || remembered?.cursor == null) {
      return;
    }
    setIsReading(true);
    read(remembered.fromMs, remembered.cursor)
      .then(
        ({ events, cursor }) => {
          // Another filter may have been chosen meanwhile: its own first page has taken this one's place.
          setRemembered((now) =>
            now === remembered ? { ...now, events: [...now.events, ...events], cursor, pages: now.pages + 1 } : now,
          );
          setFailure(null);
        },
        (error: unknown) => setFailure(failureText(error)),
      )
      .finally(() => setIsReading(false));
  };

  const readRest = async () => {
    const rest: ShownEvent[] = [];
    let cursor = remembered?.cursor ?? null;
    while (remembered !== null && cursor !== null && rest.length < mostOfRest) {
      const page = await read(remembered.fromMs, cursor);
      rest.push(...page.events);
      cursor = page.cursor;
    }
    return { events: rest, whole: cursor === null };
  };

  const events = useMemo(() => {
    const fromMs = clock.now() - ranges[range];
    const isThen = ({ atMs }: ShownEvent): boolean => atMs >= fromMs && (pastMs === null || atMs < pastMs + 1_000);
    const isWanted = (event: ShownEvent): boolean => isThen(event) && fits(event, filter);
    // Until the history has answered for this filter, of what it gave for another one that which fits.
    const known = remembered?.events.filter(remembered.filter === filter ? isThen : isWanted) ?? [];
    return mergeEvents(latest.filter(isWanted), known);
  }, [clock, latest, remembered, filter, range, pastMs]);
  const hasOlder = remembered?.cursor != null;
  return { events, hasOlder, pages: remembered?.pages ?? 0, isReading, failure, readOlder, readRest };
}
