/** What is done to connections, and to the table of them. */
import Ban from 'lucide-react/icons/ban';
import Bookmark from 'lucide-react/icons/bookmark';
import Cable from 'lucide-react/icons/cable';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import Hourglass from 'lucide-react/icons/hourglass';
import ScanLine from 'lucide-react/icons/scan-line';
import Snowflake from 'lucide-react/icons/snowflake';
import Unplug from 'lucide-react/icons/unplug';
import { tell } from '../parts/toast/toasts.tsx';
import { changeDraft, withAdditions } from '../store/access-draft.ts';
import { usePreferences } from '../store/preferences.ts';
import type { SavedView } from '../store/saved-views.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import { showTableView } from '../store/shown-filter.ts';
import { goTo, viewOf } from '../store/view-route.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

export const checkConnections: Action<readonly number[]> = {
  id: 'connections.check',
  words: words.checkConnections,
  keys: null,
  icon: HeartPulse,
  needsEngine: true,
  run: async ({ bridge }, ids) => {
    const { acted } = await bridge.request('connections.check', { ids: [...ids] });
    tell('good', () => words.checkedConnections(acted, ids.length));
  },
};

/** Gently: what runs on them ends first. */
export const drainConnections: Action<readonly number[]> = {
  id: 'connections.drain',
  words: words.drainConnections,
  keys: null,
  icon: Hourglass,
  needsEngine: true,
  run: async ({ bridge }, ids) => {
    const { acted } = await bridge.request('connections.drain', { ids: [...ids] });
    tell('good', () => words.drainedConnections(acted, ids.length));
  },
};

export const closeConnections: Action<readonly number[]> = {
  id: 'connections.close',
  words: words.closeConnections,
  keys: null,
  icon: Unplug,
  needsEngine: true,
  run: async ({ bridge }, ids) => {
    const { acted } = await bridge.request('connections.close', { ids: [...ids] });
    tell('good', () => words.closedConnections(acted, ids.length));
  },
};

/** Puts the IPs on the black list's draft; what it would close is shown there, before anything happens. */
export const blockIps: Action<readonly string[]> = {
  id: 'connections.block-ip',
  words: words.blockIps,
  keys: null,
  icon: Ban,
  needsEngine: true,
  run: (_stores, ips) => {
    changeDraft((draft) =>
      withAdditions(
        draft,
        [...new Set(ips)].map((value) => ({ list: 'black', value, note: '', expiresAtMs: null })),
      ),
    );
    goTo('access');
  },
};

export const showConnections: Action<string> = {
  id: 'connections.show',
  words: words.showConnections,
  keys: null,
  icon: Cable,
  run: (_stores, filter) => {
    const isOwn = usePreferences.getState().connectionFilter === filter;
    changeScreen({ linkedFilter: isOwn ? null : filter });
    goTo('connections');
  },
};

export const freezeConnections: Action = {
  id: 'connections.freeze',
  words: words.freeze,
  keys: 'f',
  icon: Snowflake,
  pointless: () => (viewOf(location.hash) === 'connections' ? null : words.onlyInConnections),
  run: () => changeScreen({ frozen: !useScreen.getState().frozen }),
};

/** One connection's whole life, in a drawer beside the table. */
export const inspectConnection: Action<number> = {
  id: 'connections.inspect',
  words: words.inspectConnection,
  keys: null,
  icon: ScanLine,
  run: (_stores, id) => changeScreen({ inspectedConnection: id }),
};

/** The table as it was saved under a name. */
export const showSavedView: Action<SavedView> = {
  id: 'connections.show-view',
  words: words.showSavedView,
  keys: null,
  icon: Bookmark,
  run: (_stores, view) => {
    showTableView(view);
    goTo('connections');
  },
};
