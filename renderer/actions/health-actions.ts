/** Checks and probes. */
import Activity from 'lucide-react/icons/activity';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import { tell } from '../parts/toast/toasts.tsx';
import type { Action } from './action.ts';
import { words } from './words.ts';

export const checkAll: Action = {
  id: 'health.check-all',
  words: words.checkAll,
  keys: null,
  icon: HeartPulse,
  needsEngine: true,
  run: async ({ bridge }) => {
    const result = await bridge.request('health.checkAll', {});
    tell(result.unhealthy > 0 ? 'info' : 'good', () => words.checkedAll(result));
  },
};

export const cleanUpUnhealthy: Action = {
  id: 'health.clean-up',
  words: words.cleanUp,
  keys: null,
  icon: Activity,
  needsEngine: true,
  run: async ({ bridge }) => {
    const { closed } = await bridge.request('health.cleanUpUnhealthy', {});
    tell('good', () => words.cleanedUp(closed));
  },
};

export const probeIp: Action<{ readonly host: string; readonly ip: string; readonly port: number }> = {
  id: 'ip.probe',
  words: words.probeIp,
  keys: null,
  icon: HeartPulse,
  needsEngine: true,
  run: async ({ bridge }, endpoint) => {
    const { started } = await bridge.request('health.probe', endpoint);
    tell('info', () => words.probed(endpoint.ip, started));
  },
};
