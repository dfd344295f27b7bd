/** The demo fleet: its faults, and the way out of it. */
import Bug from 'lucide-react/icons/bug';
import Server from 'lucide-react/icons/server';
import type { RequestInput } from '../../core/contract/index.ts';
import { tell } from '../parts/toast/toasts.tsx';
import type { ConsoleStores } from '../store/console-stores.ts';
import { changeScreen } from '../store/screen.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

function onlyInDemo({ session }: ConsoleStores): string | null {
  return session.current()?.mode === 'config' ? words.onlyInDemo : null;
}

export const openDemoFaults: Action = {
  id: 'demo.faults',
  words: words.openDemoFaults,
  keys: 'd',
  icon: Bug,
  needsEngine: true,
  pointless: onlyInDemo,
  run: () => changeScreen({ demoDialog: 'faults' }),
};

export const setDemoFault: Action<RequestInput<'demo.setFault'>> = {
  id: 'demo.set-fault',
  words: words.setDemoFault,
  keys: null,
  icon: Bug,
  needsEngine: true,
  run: async ({ bridge }, wish) => {
    const { endpoints } = await bridge.request('demo.setFault', wish);
    tell('good', () => words.demoFaultSet(wish.fault, endpoints));
  },
};

export const openOwnHost: Action = {
  id: 'demo.own-host',
  words: words.openOwnHost,
  keys: null,
  icon: Server,
  needsEngine: true,
  pointless: onlyInDemo,
  run: () => changeScreen({ demoDialog: 'own-host' }),
};

export const watchOwnHost: Action<RequestInput<'demo.watchOwn'>> = {
  id: 'demo.watch-own',
  words: words.watchOwnHost,
  keys: null,
  icon: Server,
  needsEngine: true,
  run: async ({ bridge, session }, target) => {
    const { file } = await bridge.request('demo.watchOwn', target);
    session.refresh();
    tell(
      'good',
      () => words.ownHostWatched(target.host.trim()),
      () => words.savedWhere(file),
    );
  },
};
