/** A connection's life, asked for again while the drawer is open. */
import { useCallback } from 'react';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import { words as pastWords } from '../past/words.ts';
import { useConsole, useIsPast } from '../store/use-console.ts';
import { type Polled, usePolled } from '../store/use-polled.ts';
import { askLifeThen } from './life-then.ts';

const againMs = 2_000;

/** Of the engine that is shown: that of now, or the one that had it then. */
export function useLife(id: number): Polled<HistoryLife> {
  const { bridge, clock, connections, timeMachine } = useConsole();
  const isPast = useIsPast();
  const ask = useCallback(async () => {
    if (!isPast) {
      return bridge.request('history.life', { connectionId: id });
    }
    const row = connections.row(id);
    if (!row) {
      throw new Error(pastWords.connection.notThen);
    }
    return askLifeThen(bridge, row, clock.now(), timeMachine.presentMs());
  }, [bridge, clock, connections, timeMachine, isPast, id]);
  return usePolled(ask, againMs);
}
