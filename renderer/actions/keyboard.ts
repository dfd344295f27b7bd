/** Keys of the global actions. Plain keys mean nothing while the operator types, or while a dialog or menu is open. */
import { tinykeys } from 'tinykeys';
import { tell } from '../parts/toast/toasts.tsx';
import type { ConsoleStores } from '../store/console-stores.ts';
import { usePreferences } from '../store/preferences.ts';
import { type Action, reasonAgainst, runAction } from './action.ts';
import { keysOf } from './bindings.ts';

/** Inputs that take no text: a letter or a digit means nothing to them, so it stays free for the actions. */
const withoutText = ['radio', 'checkbox', 'range', 'button', 'submit', 'reset']
  .map((type) => `:not([type="${type}"])`)
  .join('');
const typing = `input${withoutText}, textarea, select`;
/** What has to be answered or left first. */
const modal = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** Dialogs that are no question: they stand beside the view. */
const beside = '[data-lets-keys-through]';

function isTyping(target: HTMLElement): boolean {
  return target.isContentEditable || target.closest(typing) !== null;
}

const functionKey = /^F\d{1,2}$/;

/**
 * Whether the keys are another's. With Ctrl, Alt or ⌘ they write nothing, so they are ours while the operator types too,
 * and in a drawer or the palette; so are function keys.
 */
function isTaken(event: KeyboardEvent): boolean {
  const { key, ctrlKey, altKey, metaKey } = event;
  // Of an editor in a shadow root the event tells its own place only by its path.
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  const writesNothing = ctrlKey || altKey || metaKey || functionKey.test(key);
  const question = target.closest(modal);
  return question === null ? isTyping(target) && !writesNothing : !(writesNothing && question.matches(beside));
}

function press(action: Action, stores: ConsoleStores): void {
  const reason = reasonAgainst(action, stores);
  if (reason === null) {
    void runAction(action, stores, undefined);
  } else {
    tell(
      'info',
      () => action.words.label,
      () => reasonAgainst(action, stores) ?? reason,
    );
  }
}

type Handlers = Parameters<typeof tinykeys>[1];

function isIgnored(event: KeyboardEvent): boolean {
  return event.repeat || event.isComposing || event.defaultPrevented || isTaken(event);
}

/** Heard before anything in the page, and by nothing in it: F6 is a key of the messages too. */
function bindPlatformKeys(actions: readonly Action[], stores: ConsoleStores): () => void {
  const handlers: Handlers = {};
  for (const action of actions) {
    if (action.platformKeys !== undefined) {
      handlers[action.platformKeys] = (event) => {
        event.preventDefault();
        event.stopPropagation();
        press(action, stores);
      };
    }
  }
  return tinykeys(window, handlers, { capture: true, ignore: isIgnored });
}

/** Binds the actions' keys to the page, and others as soon as the operator gives others; returns what unbinds them. */
export function bindKeys(actions: readonly Action[], stores: ConsoleStores): () => void {
  const bind = (): (() => void) => {
    const bound = actions.flatMap((action) => {
      const keys = keysOf(action);
      return keys === null ? [] : [{ action, keys }];
    });
    // The longer first: the end of `g w` is no `w`.
    const handlers = bound
      .sort((one, other) => other.keys.split(' ').length - one.keys.split(' ').length)
      .map(({ action, keys }): [string, (event: KeyboardEvent) => void] => [
        // The space counts for nothing but this: without it an object would put `1` before `g 1`.
        ` ${keys}`,
        (event) => {
          event.preventDefault();
          press(action, stores);
        },
      ]);
    // Its own rule would leave the keys to every input, the theme's radio buttons too.
    return tinykeys(window, Object.fromEntries(handlers), { ignore: isIgnored });
  };
  const unbindPlatform = bindPlatformKeys(actions, stores);
  let unbind = bind();
  const unfollow = usePreferences.subscribe((now, before) => {
    if (now.bindings !== before.bindings) {
      unbind();
      unbind = bind();
    }
  });
  return () => {
    unfollow();
    unbind();
    unbindPlatform();
  };
}
