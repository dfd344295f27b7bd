/** A diagnosis' remedy: applied, and taken back. */
import Undo2 from 'lucide-react/icons/undo-2';
import Wrench from 'lucide-react/icons/wrench';
import type { ConfigDifference, ConfigKey, ConfigValue } from '../../core/contract/config.ts';
import { tell } from '../parts/toast/toasts.tsx';
import { toldInWords } from '../words/told.ts';
import { type Action, runAction } from './action.ts';
import { type SeenChange, updateSeen } from './update-seen.ts';
import { words } from './words.ts';

type ConfigValues = Readonly<Record<string, ConfigValue | null>>;

/** A diagnosis' remedy, for the revision that its diff was looked at with; the message of it takes it back. */
export const applyRemedy: Action<{ readonly changes: ConfigValues; readonly revision: string }> = {
  id: 'diagnosis.apply',
  words: words.applyRemedy,
  keys: null,
  icon: Wrench,
  needsEngine: true,
  run: async (stores, change) => {
    const { keys } = await stores.bridge.request('config.get', {});
    const { diff, applied, warnings } = await stores.bridge.request('config.update', change);
    const before = changesBack(diff, change.changes, keys);
    tell(
      'good',
      () => words.savedSettings(diff.length, applied),
      () => warnings.map(toldInWords).join('\n') || undefined,
      {
        label: () => words.undoRemedy.label,
        run: () => void runAction(undoRemedy, stores, before),
      },
    );
  },
};

/** Unless somebody else has changed them meanwhile. */
export const undoRemedy: Action<readonly SeenChange[]> = {
  id: 'diagnosis.undo',
  words: words.undoRemedy,
  keys: null,
  icon: Undo2,
  needsEngine: true,
  run: async ({ bridge }, changes) => {
    const { diff } = await updateSeen(bridge, changes);
    tell('good', () => words.undoneRemedy(diff.length));
  },
};

/** What takes a change back: a key that was not written goes out of the file again, and to its default. */
function changesBack(diff: ConfigDifference, changes: ConfigValues, keys: readonly ConfigKey[]): SeenChange[] {
  const written = new Set(keys.filter((key) => key.written).map(({ path }) => path));
  return diff.flatMap(({ path, before, after }) =>
    path in changes && after !== null ? [{ path, before: after, after: written.has(path) ? before : null }] : [],
  );
}
