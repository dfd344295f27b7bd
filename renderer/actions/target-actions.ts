/** Hosts that are watched. */
import Server from 'lucide-react/icons/server';
import ServerOff from 'lucide-react/icons/server-off';
import type { ConfigValue } from '../../core/contract/config.ts';
import { tell } from '../parts/toast/toasts.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

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
    tell('good', words.savedSettings(diff.length, applied), words.savedWhere(file));
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
    tell('good', words.savedSettings(diff.length, applied), words.savedWhere(file));
  },
};
