/**
 * Preferences are the engine's to keep, so that they are the same at each address and in each tab. What this browser has of
 * them is what the page is first painted with.
 */
import { ContractError } from '../../core/contract/errors.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { type KeptPreferences, keptPreferencesSchema } from '../../core/contract/preferences.ts';
import { isConnectionColumn } from './column-layout.ts';
import { groupings } from './connection-lines.ts';
import { initialPreferences, type Preferences, usePreferences } from './preferences.ts';
import { readTab, writeTab } from './tab-storage.ts';

type Kept = Omit<Preferences, 'browserNotifications'>;

const names = Object.keys(keptPreferencesSchema.shape) as readonly (keyof Kept)[];
/** A column is dragged wider in many steps: the first is sent at once, what follows so often. */
const paceMs = 300;
const unsentName = 'hotpool.unsent-preferences';

/** `failed`: told once that they cannot be kept. Returns the function that ends it. */
export function keepPreferences(api: ConsoleApi, failed: (error: unknown) => void): () => void {
  // A reload comes before the answer does.
  let unsent: Partial<Kept> = readTab<Partial<Kept>>(unsentName) ?? {};
  let known = false;
  let isTaking = false;
  let hasFailed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keepUnsent = (next: Partial<Kept>): void => {
    unsent = next;
    writeTab(unsentName, Object.keys(next).length === 0 ? null : next);
  };
  const send = (): void => {
    const sent = unsent;
    if (!known || Object.keys(sent).length === 0) {
      return;
    }
    const change = structuredClone(sent) as KeptPreferences;
    const settled = (): void => {
      const rest = Object.entries(unsent).filter(([name, value]) => sent[name as keyof Kept] !== value);
      keepUnsent(Object.fromEntries(rest) as Partial<Kept>);
    };
    api.request('preferences.change', { change }).then(settled, (error: unknown) => {
      if (error instanceof ContractError && error.code === 'disconnected') {
        // They are sent when the stream begins anew.
        return;
      }
      settled();
      if (!hasFailed) {
        hasFailed = true;
        failed(error);
      }
    });
  };
  let isWanted = false;
  const sendPaced = (): void => {
    isWanted = timer !== undefined;
    if (isWanted || Object.keys(unsent).length === 0) {
      return;
    }
    send();
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) {
        sendPaced();
      }
    }, paceMs);
  };

  const endChanges = usePreferences.subscribe((next, before) => {
    const changed = isTaking ? [] : names.filter((name) => next[name] !== before[name]);
    if (changed.length > 0) {
      keepUnsent({ ...unsent, ...Object.fromEntries(changed.map((name) => [name, next[name]])) });
      sendPaced();
    }
  });
  const endStream = api.subscribe('preferences', (kept) => {
    const isFirst = !known;
    known = true;
    if (isFirst && Object.keys(kept).length === 0) {
      // Nobody has chosen anything yet, but in this browser.
      keepUnsent({ ...chosenHere(), ...unsent });
    } else {
      isTaking = true;
      take({ ...readKept(kept), ...unsent });
      isTaking = false;
    }
    sendPaced();
  });
  return () => {
    clearTimeout(timer);
    endChanges();
    endStream();
  };
}

/** Names that a table of this version does not know are left out. */
function readKept({ connectionSort, connectionGrouping, savedViews, ...others }: KeptPreferences): Partial<Kept> {
  const isKnown = (view: Pick<KeptPreferences, 'connectionSort' | 'connectionGrouping'>): boolean =>
    (view.connectionSort === undefined || isConnectionColumn(view.connectionSort.column)) &&
    (view.connectionGrouping === undefined || groupings.some((one) => one === view.connectionGrouping));
  return {
    ...others,
    ...(connectionSort && isKnown({ connectionSort }) && { connectionSort }),
    ...(connectionGrouping !== undefined && isKnown({ connectionGrouping }) && { connectionGrouping }),
    ...(savedViews && { savedViews: savedViews.filter(isKnown) }),
  } as Partial<Kept>;
}

/** Only what is another changes its identity, so that nobody draws anew for the rest. */
function take(kept: Partial<Kept>): void {
  const current = usePreferences.getState();
  const wanted: Kept = { ...initialPreferences, ...kept };
  const changed = names.filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(current[name]));
  if (changed.length > 0) {
    usePreferences.setState(Object.fromEntries(changed.map((name) => [name, wanted[name]])) as Partial<Preferences>);
  }
}

function chosenHere(): Partial<Kept> {
  const current = usePreferences.getState();
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(current[name]) !== JSON.stringify(initialPreferences[name]))
      .map((name) => [name, current[name]]),
  ) as Partial<Kept>;
}
