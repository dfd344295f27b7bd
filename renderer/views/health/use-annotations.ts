/** What else happened in the time that is shown, asked of the history. */
import { useCallback } from 'react';
import { useConsole } from '../../store/use-console.ts';
import { type Polled, usePolled } from '../../store/use-polled.ts';
import { type Annotation, annotationsOf } from './annotations.ts';
import { frameOf, useHealthRange } from './range-state.ts';

const againMs = 10_000;
/** Of each kind; the newest when there are more. */
const most = 500;
const mostOfFew = 200;

export interface Annotations {
  readonly all: readonly Annotation[];
  /** Some kind has more in this time than is shown. */
  readonly cut: boolean;
}

export function useAnnotations(): Polled<Annotations> {
  const { bridge, clock } = useConsole();
  const range = useHealthRange((state) => state.range);
  const ask = useCallback(async () => {
    const frame = frameOf(range, clock.now());
    const [spans, changes, warmUps, alerts] = await Promise.all([
      bridge.request('history.spans', { ...frame, states: ['ejected'], limit: most }),
      bridge.request('history.changes', { ...frame, byPeople: true, limit: mostOfFew }),
      bridge.request('history.warmUps', { ...frame, limit: mostOfFew }),
      bridge.request('alerts.past', { ...frame, limit: most }),
    ]);
    const all = annotationsOf({ ...spans, ...changes, ...warmUps, ...alerts });
    return { all, cut: [spans, changes, warmUps, alerts].some(({ cursor }) => cursor !== null) };
  }, [bridge, clock, range]);
  return usePolled(ask, againMs);
}
