/** The views, and what is the same in each of them. */
import Bell from 'lucide-react/icons/bell';
import Cable from 'lucide-react/icons/cable';
import Flame from 'lucide-react/icons/flame';
import Gauge from 'lucide-react/icons/gauge';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import ListChecks from 'lucide-react/icons/list-checks';
import PanelLeft from 'lucide-react/icons/panel-left';
import PanelRight from 'lucide-react/icons/panel-right';
import ScanSearch from 'lucide-react/icons/scan-search';
import ScrollText from 'lucide-react/icons/scroll-text';
import Search from 'lucide-react/icons/search';
import Send from 'lucide-react/icons/send';
import Settings from 'lucide-react/icons/settings';
import { focusMessages, shownMessages } from '../parts/toast/toasts.tsx';
import { changeEventsScreen, type EventFilter, everything, rangeOver } from '../store/events-screen.ts';
import { changeScreen } from '../store/screen.ts';
import { goTo, type ViewName } from '../store/view-route.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

function viewAction(view: ViewName, keys: string, icon: Action['icon']): Action {
  return { id: `view.${view}`, words: words.views[view], keys, icon, run: () => goTo(view) };
}

/** The views in the order of the navigation; each keeps its number, whatever else is there. */
export const viewActions = {
  overview: viewAction('overview', '1', Gauge),
  connections: viewAction('connections', '2', Cable),
  'warm-up': viewAction('warm-up', '3', Flame),
  health: viewAction('health', '4', HeartPulse),
  access: viewAction('access', '5', ListChecks),
  requests: viewAction('requests', '6', Send),
  alerts: viewAction('alerts', '7', Bell),
  events: viewAction('events', '8', ScrollText),
  settings: viewAction('settings', ',', Settings),
} as const satisfies Record<ViewName, Action>;

function filterField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('[data-filter]');
}

export const focusFilter: Action = {
  id: 'view.filter',
  words: words.focusFilter,
  keys: '/',
  icon: Search,
  pointless: () => (filterField() === null ? words.noFilterHere : null),
  run: () => filterField()?.focus(),
};

/** The parts of the view that stand side by side, in the order of the page; those that are not drawn are left out. */
function panels(): readonly HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>('#view [data-panel], #view [data-connections]')];
  return all.filter((panel) => panel.checkVisibility());
}

/** From the panel that has the focus, or from before the first; the messages that are shown come after the last. */
function stepPanel(by: 1 | -1): void {
  const there = panels();
  const messages = shownMessages();
  const stops = messages === null ? there : [...there, messages];
  const at = stops.findLastIndex((stop) => stop.contains(document.activeElement));
  const next = stops[at === -1 && by === -1 ? stops.length - 1 : (at + by + stops.length) % stops.length];
  if (next === messages) {
    focusMessages();
  } else {
    next?.focus();
  }
}

const noPanel = (): string | null =>
  panels().length + (shownMessages() === null ? 0 : 1) < 2 ? words.noOtherPanel : null;

export const nextPanel: Action = {
  id: 'view.next-panel',
  words: words.nextPanel,
  keys: ']',
  platformKeys: 'F6',
  icon: PanelRight,
  pointless: noPanel,
  run: () => stepPanel(1),
};

export const previousPanel: Action = {
  id: 'view.previous-panel',
  words: words.previousPanel,
  keys: '[',
  platformKeys: 'Shift+F6',
  icon: PanelLeft,
  pointless: noPanel,
  run: () => stepPanel(-1),
};

/** What happened, narrowed to what is asked for, over a range that reaches back to it. */
export const showEvents: Action<{ readonly filter: Partial<EventFilter>; readonly ageMs: number }> = {
  id: 'events.show',
  words: words.showEvents,
  keys: null,
  icon: ScrollText,
  run: (_stores, { filter, ageMs }) => {
    changeEventsScreen({ filter: { ...everything, ...filter }, range: rangeOver(ageMs) });
    goTo('events');
  },
};

/** Everything about one IP, in a drawer beside whatever is shown. */
export const inspectIp: Action<string> = {
  id: 'ip.inspect',
  words: words.inspectIp,
  keys: null,
  icon: ScanSearch,
  run: (_stores, ip) => changeScreen({ inspectedIp: ip }),
};
