/** Keys of the global actions. Plain keys mean nothing while the operator types, or while a dialog or menu is open. */
import { tinykeys } from 'tinykeys';
import type { ConsoleStores } from '../store/console-stores.ts';
import { type Action, runAction } from './action.ts';

/** How a key is written on the screen. */
export function keyLabel(keys: string | null): string | null {
  return keys === null ? null : keys.replace('$mod', 'Ctrl').replace(/\b[a-z]\b/g, (key) => key.toUpperCase());
}

/** Inputs that take no text: a letter or a digit means nothing to them, so it stays free for the actions. */
const withoutText = ['radio', 'checkbox', 'button', 'submit', 'reset'].map((type) => `:not([type="${type}"])`).join('');
const typing = `input${withoutText}, textarea, select, [role="combobox"], [role="dialog"], [role="menu"]`;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest(typing) !== null);
}

/** Binds the actions' keys to the page; returns the function that unbinds them. */
export function bindKeys(actions: readonly Action[], stores: ConsoleStores): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const action of actions) {
    if (action.keys !== null) {
      bindings[action.keys] = (event) => {
        event.preventDefault();
        void runAction(action, stores, undefined);
      };
    }
  }
  // Its own rule would leave the keys to every input, the theme's radio buttons too.
  return tinykeys(window, bindings, {
    ignore: (event) => event.repeat || event.isComposing || isTyping(event.target),
  });
}
