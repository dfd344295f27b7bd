/** Every look at a connection's address while it lived: the newest with its life, older ones page by page. */
import { useEffect, useRef, useState } from 'react';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import { useConsole } from '../store/use-console.ts';
import { failureText } from '../words/failure-text.ts';

type Looks = HistoryLife['checks'];

function keyOf({ atMs, kind, ms }: Looks['checks'][number]): string {
  return `${atMs} ${kind} ${ms}`;
}

/** Newest first, each once; `page` is the newest one or goes on from the oldest. */
export function withLooks(known: Looks['checks'], page: Looks['checks']): Looks['checks'] {
  const there = new Set(known.map(keyOf));
  const fresh = page.filter((look) => !there.has(keyOf(look)));
  return fresh.length === 0 ? known : [...known, ...fresh].toSorted((one, other) => other.atMs - one.atMs);
}

export function useLooks({ host, ip, createdAtMs, closedAtMs }: HistoryLife['life'], newest: Looks) {
  const { bridge, clock } = useConsole();
  const [known, setKnown] = useState(newest.checks);
  /** Of the oldest page that was read; the newest page's own moves on with what comes. */
  const cursor = useRef(newest.cursor);
  const [hasOlder, setHasOlder] = useState(newest.cursor !== null);
  const [failure, setFailure] = useState<string | null>(null);
  const reading = useRef(false);
  useEffect(() => setKnown((before) => withLooks(before, newest.checks)), [newest]);
  const readOlder = async (): Promise<void> => {
    if (reading.current || cursor.current === null) {
      return;
    }
    reading.current = true;
    try {
      const toMs = (closedAtMs ?? clock.now()) + 1;
      const page = await bridge.request('history.checks', {
        host,
        ip,
        fromMs: createdAtMs,
        toMs,
        cursor: cursor.current,
      });
      cursor.current = page.cursor;
      setHasOlder(page.cursor !== null);
      setKnown((before) => withLooks(before, page.checks));
      setFailure(null);
    } catch (error) {
      setFailure(failureText(error));
    } finally {
      reading.current = false;
    }
  };
  return { known, hasOlder, failure, readOlder: () => void readOlder() };
}
