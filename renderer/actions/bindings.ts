/** The keys of an action: those it comes with, or those that the operator gave it. */
import { type Preferences, usePreferences } from '../store/preferences.ts';
import type { Action } from './action.ts';
import { keyLabel } from './key-names.ts';

type Bindings = Preferences['bindings'];
type Bound = Pick<Action, 'id' | 'keys'>;

/** As tinykeys writes them; null when there are none. */
export function keysOf({ id, keys }: Bound, bindings: Bindings = usePreferences.getState().bindings): string | null {
  const bound = bindings[id];
  return bound === undefined ? keys : bound;
}

/** The same inside React: also after the operator has bound others. */
export function useKeys(action: Bound): string | null {
  return usePreferences(({ bindings }) => keysOf(action, bindings));
}

/** As they are written on the screen. */
export function useKeyLabel(action: Bound): string | null {
  return keyLabel(useKeys(action));
}
