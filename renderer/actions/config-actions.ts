/** The configuration: changed by form, by text, by version. */
import History from 'lucide-react/icons/history';
import Scale from 'lucide-react/icons/scale';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import type { ConfigDiff, ConfigValue } from '../../core/contract/config.ts';
import { tell } from '../parts/toast/toasts.tsx';
import { goTo } from '../store/view-route.ts';
import { toldInWords } from '../words/told.ts';
import type { Action } from './action.ts';
import { updateSeen } from './update-seen.ts';
import { words } from './words.ts';

/** Keys get another value, where they still have the one that the operator has seen. */
export const updateConfig: Action<ConfigDiff> = {
  id: 'config.update',
  words: words.updateConfig,
  keys: null,
  icon: Scale,
  needsEngine: true,
  run: async ({ bridge }, wanted) => {
    const { diff, warnings } = await updateSeen(bridge, wanted);
    tell(
      'good',
      () => words.updatedConfig(diff.length),
      () => warnings.map(toldInWords).join('\n') || undefined,
    );
  },
};

/** Changes of the settings' form, for the revision that they were looked at with. */
export const saveSettings: Action<{
  readonly changes: Readonly<Record<string, ConfigValue | null>>;
  readonly revision: string;
}> = {
  id: 'config.save',
  words: words.saveSettings,
  keys: null,
  icon: Scale,
  needsEngine: true,
  run: async ({ bridge }, change) => {
    const { diff, applied, file } = await bridge.request('config.update', change);
    tell(
      'good',
      () => words.savedSettings(diff.length, applied),
      () => words.savedWhere(file),
    );
  },
};

export const saveConfigText: Action<{ readonly text: string; readonly revision: string }> = {
  id: 'config.save-text',
  words: words.saveConfigText,
  keys: null,
  icon: Scale,
  needsEngine: true,
  run: async ({ bridge }, text) => {
    const { diff, applied, file } = await bridge.request('config.saveText', text);
    tell(
      'good',
      () => words.savedSettings(diff.length, applied),
      () => words.savedWhere(file),
    );
  },
};

/** The form of the settings, at this key. */
export const showConfigKey: Action<string> = {
  id: 'config.show-key',
  words: words.showConfigKey,
  keys: null,
  icon: SlidersHorizontal,
  run: (_stores, path) => goTo('settings', path),
};

/** Puts an earlier version's text where it can be looked at. */
export const openConfigVersion: Action<{ readonly id: string; readonly show: (text: string) => void }> = {
  id: 'config.open-version',
  words: words.openConfigVersion,
  keys: null,
  icon: History,
  needsEngine: true,
  run: async ({ bridge }, { id, show }) => {
    const { text } = await bridge.request('config.version', { id });
    show(text);
  },
};
