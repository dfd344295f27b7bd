/** What the demo's fleet suffers from, asked again and again while somebody looks. */
import { useCallback, useEffect, useState } from 'react';
import type { DemoPicture } from '../../core/contract/demo.ts';
import { useConsole, useLink } from '../store/use-console.ts';

const againMs = 2_000;

export interface DemoState {
  /** null: no demo runs; undefined: nobody has answered yet. */
  readonly picture: DemoPicture | null | undefined;
  readonly askAgain: () => void;
}

export function useDemo(): DemoState {
  const { bridge } = useConsole();
  const { phase } = useLink();
  const [picture, setPicture] = useState<DemoPicture | null | undefined>(undefined);
  const ask = useCallback((): void => {
    bridge.request('demo.faults', {}).then(setPicture, () => undefined);
  }, [bridge]);
  useEffect(() => {
    if (phase !== 'live') {
      return;
    }
    ask();
    const timer = setInterval(ask, againMs);
    return () => clearInterval(timer);
  }, [ask, phase]);
  return { picture, askAgain: ask };
}
