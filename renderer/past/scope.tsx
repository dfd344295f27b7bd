/** Which time is drawn below: views read their stores as ever, and are given those of the past while it is shown. */
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { ConsoleProvider, useConsole } from '../store/use-console.ts';

function useTimeStores() {
  const { timeMachine } = useConsole();
  return useSyncExternalStore(timeMachine.changes.subscribe, timeMachine.stores);
}

/** The shown time: a moment of the past, or now. */
export function ShownTime({ children }: { readonly children: ReactNode }) {
  const live = useConsole();
  const stores = useTimeStores()?.past ?? live;
  useEffect(() => stores.health.retain(), [stores]);
  useEffect(() => stores.warmUp.retain(), [stores]);
  return <ConsoleProvider value={stores}>{children}</ConsoleProvider>;
}

/** Now, whatever is shown around it; nothing can be done to the pool while that is the past. */
export function PresentTime({ children }: { readonly children: ReactNode }) {
  const live = useConsole();
  return <ConsoleProvider value={useTimeStores()?.present ?? live}>{children}</ConsoleProvider>;
}
