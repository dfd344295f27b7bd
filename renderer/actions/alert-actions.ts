/** What is said to an alert. */
import Bell from 'lucide-react/icons/bell';
import BellOff from 'lucide-react/icons/bell-off';
import BellRing from 'lucide-react/icons/bell-ring';
import CircleCheck from 'lucide-react/icons/circle-check';
import type { RequestInput } from '../../core/contract/index.ts';
import { tell } from '../parts/toast/toasts.tsx';
import { goTo } from '../store/view-route.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

export const acknowledgeAlert: Action<RequestInput<'alerts.acknowledge'>> = {
  id: 'alerts.acknowledge',
  words: words.acknowledgeAlert,
  keys: null,
  icon: CircleCheck,
  needsEngine: true,
  run: async ({ bridge }, input) => {
    await bridge.request('alerts.acknowledge', input);
    tell('good', () => words.acknowledgedAlert);
  },
};

export const muteAlert: Action<{ readonly id: number; readonly minutes: number }> = {
  id: 'alerts.mute',
  words: words.muteAlert,
  keys: null,
  icon: BellOff,
  needsEngine: true,
  run: async ({ bridge }, input) => {
    await bridge.request('alerts.mute', input);
    tell('good', () => words.mutedAlert(input.minutes));
  },
};

export const unmuteAlert: Action<number> = {
  id: 'alerts.unmute',
  words: words.unmuteAlert,
  keys: null,
  icon: BellRing,
  needsEngine: true,
  run: async ({ bridge }, id) => {
    await bridge.request('alerts.unmute', { id });
  },
};

export const showAlert: Action<number> = {
  id: 'alerts.show',
  words: words.showAlert,
  keys: null,
  icon: Bell,
  run: (_stores, id) => goTo('alerts', String(id)),
};
