/** The window's title names the view, and the time that is shown where it is not the present. */
import { useEffect } from 'react';
import { saidMs } from '../store/past/time-machine.ts';
import { useConsole, usePast } from '../store/use-console.ts';
import { words } from './words.ts';

export function WindowTitle({ view }: { readonly view: string }) {
  const { timeMachine } = useConsole();
  const past = usePast();
  const atMs = past && saidMs(past);
  const moment = atMs === null ? null : words.windowTitle(atMs, timeMachine.presentMs());
  useEffect(() => {
    document.title = [moment, view, 'Hotpool Console'].filter((part) => part !== null).join(' · ');
  }, [moment, view]);
  return null;
}
