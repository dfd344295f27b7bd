/** What the palette finds. */
import { useMemo, useState } from 'react';
import { usePreferences } from '../store/preferences.ts';
import { useConfig, useConsole, useLink, useSession } from '../store/use-console.ts';
import { alertEntries, globalEntries, hereEntries } from './action-entries.ts';
import {
  hostEntries,
  savedViewEntries,
  settingEntries,
  typedConnectionEntries,
  typedIpEntries,
} from './place-entries.ts';
import { type RankedGroup, rankEntries } from './rank.ts';

/** What fits the query, of what there is at this moment. */
export function useRanked(query: string): readonly RankedGroup[] {
  const stores = useConsole();
  const link = useLink();
  const session = useSession();
  const config = useConfig();
  // What was chosen lately when it was opened: nothing jumps while it is open.
  const [recent] = useState(() => usePreferences.getState().recentCommands);
  const listed = useMemo(
    () =>
      link && [
        ...hereEntries(stores),
        ...alertEntries(stores),
        ...globalEntries(stores),
        ...savedViewEntries(stores),
        ...hostEntries(stores, session),
        ...settingEntries(stores, config),
      ],
    [stores, link, session, config],
  );
  return useMemo(
    () =>
      rankEntries(
        [...listed, ...typedIpEntries(stores, query), ...typedConnectionEntries(stores, query)],
        query,
        recent,
      ),
    [stores, listed, query, recent],
  );
}
