/** What leads through time, wherever the operator is; used once, by the frame. */
import { useEffect } from 'react';
import { tell } from '../parts/toast/toasts.tsx';
import { followAddress } from '../store/past/follow-address.ts';
import { changeScreen } from '../store/screen.ts';
import { useConsole, useIsPast, useLink } from '../store/use-console.ts';
import { words } from './words.ts';

/** Whether the past is shown. */
export function useTimeMachine(): boolean {
  const { timeMachine } = useConsole();
  useEffect(() => followAddress(timeMachine, window), [timeMachine]);
  useEffect(() => timeMachine.caughtUp.subscribe(() => tell('info', () => words.caughtUp)), [timeMachine]);
  // What is chosen now are other connections than those that have the same numbers then.
  useEffect(() => timeMachine.turns.subscribe(() => changeScreen({ selected: new Set() })), [timeMachine]);
  const { phase } = useLink();
  useEffect(() => {
    if (phase === 'live') {
      timeMachine.askAgain();
    }
  }, [timeMachine, phase]);
  return useIsPast();
}
