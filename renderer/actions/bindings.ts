/** The keys of an action: those it comes with, or those that the operator gave it. */
import { changePreferences, type Preferences, usePreferences } from '../store/preferences.ts';
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

/** Gives the action these keys, or none, and takes them from those that have them. With its own it is as it came. */
export function bindAction(action: Bound, keys: string | null, holders: readonly Bound[] = []): void {
  const bindings: Record<string, string | null> = { ...usePreferences.getState().bindings };
  for (const holder of holders) {
    bindings[holder.id] = null;
  }
  if (keys === action.keys) {
    delete bindings[action.id];
  } else {
    bindings[action.id] = keys;
  }
  changePreferences({ bindings });
}

/** Back to the keys it came with; null: every action. */
export function resetBindings(action: Bound | null): void {
  const { bindings } = usePreferences.getState();
  changePreferences({
    bindings: action === null ? {} : Object.fromEntries(Object.entries(bindings).filter(([id]) => id !== action.id)),
  });
}

/** Whether the operator has bound other keys than those it came with. */
export function isRebound({ id, keys }: Bound, bindings: Bindings): boolean {
  return bindings[id] !== undefined && bindings[id] !== keys;
}
