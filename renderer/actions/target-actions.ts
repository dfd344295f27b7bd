/** Hosts that are watched. */
import Plus from 'lucide-react/icons/plus';
import Server from 'lucide-react/icons/server';
import ServerOff from 'lucide-react/icons/server-off';
import type { ConfigValue } from '../../core/contract/config.ts';
import { tell } from '../parts/toast/toasts.tsx';
import { changeScreen } from '../store/screen.ts';
import { goTo, hostsPart } from '../store/view-route.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

/** Where a host is added: of the demo there is one way, over to a host of one's own. */
export const addHost: Action = {
  id: 'targets.add',
  words: words.addHost,
  keys: null,
  icon: Plus,
  run: ({ session }) => {
    if (session.current()?.mode === 'demo') {
      changeScreen({ demoDialog: 'own-host' });
    } else {
      changeScreen({ addsHost: true });
      goTo('settings', hostsPart);
    }
  },
};

/** A host is added, or keys of one that is watched are changed. */
export const saveTarget: Action<{
  readonly host: string;
  readonly values: Readonly<Record<string, ConfigValue | null>>;
  readonly revision: string;
}> = {
  id: 'targets.save',
  words: words.saveTarget,
  keys: null,
  icon: Server,
  needsEngine: true,
  run: async ({ bridge, session }, { host, values, revision }) => {
    const { diff, applied, file } = await bridge.request('config.update', {
      targets: { set: [{ host, values }] },
      revision,
    });
    session.refresh();
    tell(
      'good',
      () => words.savedSettings(diff.length, applied),
      () => words.savedWhere(file),
    );
  },
};

export const removeTarget: Action<{ readonly host: string; readonly revision: string }> = {
  id: 'targets.remove',
  words: words.removeTarget,
  keys: null,
  icon: ServerOff,
  needsEngine: true,
  run: async ({ bridge, session }, { host, revision }) => {
    const { diff, applied, file } = await bridge.request('config.update', { targets: { remove: [host] }, revision });
    session.refresh();
    tell(
      'good',
      () => words.savedSettings(diff.length, applied),
      () => words.savedWhere(file),
    );
  },
};
