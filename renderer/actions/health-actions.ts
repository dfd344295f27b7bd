/** Checks and probes. */
import Activity from 'lucide-react/icons/activity';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import { tell } from '../parts/toast/toasts.tsx';
import type { Action } from './action.ts';
import { awaitProbe } from './probe-result.ts';
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

const tones = { well: 'good', failed: 'bad', open: 'info' } as const;

export const probeIp: Action<{ readonly host: string; readonly ip: string; readonly port: number }> = {
  id: 'ip.probe',
  words: words.probeIp,
  keys: null,
  icon: HeartPulse,
  needsEngine: true,
  run: async ({ bridge, health }, endpoint) => {
    const before = health.of(endpoint);
    const { started } = await bridge.request('health.probe', endpoint);
    if (!started) {
      tell('info', () => words.notProbed(endpoint.ip));
      return;
    }
    const result = await awaitProbe(health, endpoint, before);
    tell(tones[result.kind], () => words.probed(endpoint.ip, result));
  },
};
