/** What the palette finds. */
import { useEffect, useMemo, useState } from 'react';
import type { AccessAuditRecord } from '../../core/contract/access.ts';
import { isBlocked, lastChangeOf, undoLastAccess } from '../actions/access-actions.ts';
import type { ConsoleStores } from '../store/console-stores.ts';
import { usePreferences } from '../store/preferences.ts';
import { useScreen } from '../store/screen.ts';
import { useConfig, useConsole, useLink, useSession } from '../store/use-console.ts';
import { alertEntries, blockedEntries, globalEntries, hereEntries, undoEntries } from './action-entries.ts';
import type { PaletteEntry } from './entry.ts';
import {
  hostEntries,
  savedViewEntries,
  settingEntries,
  typedConnectionEntries,
  typedIp,
  typedIpEntries,
  typedMomentEntries,
} from './place-entries.ts';
import { type RankedGroup, rankEntries } from './rank.ts';

/** Of the lists, while the palette is open; null while it is not known, or there is none. */
function useLastChange(stores: ConsoleStores): AccessAuditRecord | null {
  const [last, setLast] = useState<AccessAuditRecord | null>(null);
  useEffect(() => {
    let current = true;
    // Without an answer the palette offers to undo the last change by that name.
    lastChangeOf(stores).then(
      (change) => current && setLast(change),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [stores]);
  return last;
}

/** Whether an IP may not be dialled, by the engine, as its drawer has it: no host may have it. null while that is not known. */
function useIsBlocked(stores: ConsoleStores, ip: string | null): boolean | null {
  const [told, setTold] = useState<{ readonly ip: string; readonly isBlocked: boolean } | null>(null);
  useEffect(() => {
    let current = true;
    if (ip !== null) {
      // Without an answer its health tells.
      stores.bridge.request('pool.explain', { ip }).then(
        (said) => current && said.subject === 'ip' && setTold({ ip, isBlocked: isBlocked(said.access) }),
        () => undefined,
      );
    }
    return () => {
      current = false;
    };
  }, [stores, ip]);
  return told !== null && told.ip === ip ? told.isBlocked : null;
}

/** What there is too much of to be listed before it is asked for. */
function typedEntries(stores: ConsoleStores, query: string, isTypedBlocked: boolean | null): readonly PaletteEntry[] {
  const ips = typedIpEntries(stores, query, isTypedBlocked);
  return [
    ...(ips.length === 0 ? blockedEntries(stores, query) : ips),
    ...typedConnectionEntries(stores, query),
    ...typedMomentEntries(stores, query),
  ];
}

/** What fits the query, of what there is at this moment. */
export function useRanked(query: string): readonly RankedGroup[] {
  const stores = useConsole();
  const link = useLink();
  const session = useSession();
  const config = useConfig();
  // What was chosen lately when it was opened: nothing jumps while it is open.
  const lastChange = useLastChange(stores);
  const isOpenBlocked = useIsBlocked(
    stores,
    useScreen(({ inspectedIp }) => inspectedIp),
  );
  const isTypedBlocked = useIsBlocked(stores, typedIp(query));
  const [recent] = useState(() => usePreferences.getState().recentCommands);
  const listed = useMemo(
    () =>
      link && [
        ...hereEntries(stores, isOpenBlocked),
        ...alertEntries(stores),
        ...undoEntries(stores, lastChange),
        ...globalEntries(stores).filter(({ id }) => lastChange === null || id !== undoLastAccess.id),
        ...savedViewEntries(stores),
        ...hostEntries(stores, session),
        ...settingEntries(stores, config),
      ],
    [stores, link, session, config, lastChange, isOpenBlocked],
  );
  return useMemo(
    () => rankEntries([...listed, ...typedEntries(stores, query, isTypedBlocked)], query, recent),
    [stores, listed, query, recent, isTypedBlocked],
  );
}
