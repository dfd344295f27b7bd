/** What else happened in the time that is shown, asked of the history. */
import { useCallback } from 'react';
import { frameOf, useHealthRange } from '../../store/health-range.ts';
import { askHappened } from '../../store/past/happenings.ts';
import { useConsole } from '../../store/use-console.ts';
import { LastAnswer, type Polled, usePolled } from '../../store/use-polled.ts';
import { type Annotation, annotationsOf } from './annotations.ts';

const againMs = 10_000;

export interface Annotations {
  readonly all: readonly Annotation[];
  /** Some kind has more in this time than is shown. */
  readonly cut: boolean;
}

const lastAnnotations = new LastAnswer<Annotations>();

export function useAnnotations(): Polled<Annotations> {
  const { bridge, clock } = useConsole();
  const range = useHealthRange((state) => state.range);
  const ask = useCallback(async () => {
    const { cut, ...happened } = await askHappened(bridge, frameOf(range, clock.now()));
    return { all: annotationsOf(happened), cut };
  }, [bridge, clock, range]);
  return usePolled(ask, againMs, lastAnnotations);
}
