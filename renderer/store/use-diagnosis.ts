/** What the diagnosis finds, asked for while it is looked at. */
import { useCallback } from 'react';
import type { RequestOutput } from '../../core/contract/index.ts';
import { useConsole } from './use-console.ts';
import { LastAnswer, type Polled, usePolled } from './use-polled.ts';

const againMs = 5_000;
const lastDiagnosis = new LastAnswer<RequestOutput<'diagnosis.run'>>();

/** Of the present: nothing of the past is diagnosed. */
export function useDiagnosis(): Polled<RequestOutput<'diagnosis.run'>> {
  const { bridge } = useConsole();
  const ask = useCallback(() => bridge.request('diagnosis.run', {}), [bridge]);
  return usePolled(ask, againMs, lastDiagnosis);
}
