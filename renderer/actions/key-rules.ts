/** Which keys an action may be given: what was pressed, who has it already, and what belongs to the browser or the page. */
import type { Action } from './action.ts';
import { keysOf } from './bindings.ts';
import { currentPlatform, type Platform } from './key-names.ts';

export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const modifierKeys: ReadonlySet<string> = new Set(['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'CapsLock', 'Fn']);

/** As tinykeys writes it; null while only a modifier is down, or where the keyboard tells no key. */
export function pressOf(press: Press, platform: Platform = currentPlatform()): string | null {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (modifierKeys.has(key) || key === 'Dead' || key === 'Process' || key === 'Unidentified') {
    return null;
  }
  const isLetter = /^\p{L}$/u.test(key);
  const mac = platform === 'mac';
  // By its name: in the text of keys a space stands between two presses.
  const name = key === ' ' ? 'Space' : isLetter ? key.toLowerCase() : key;
  return [
    ...((mac ? metaKey : ctrlKey) ? ['$mod'] : []),
    ...((mac ? ctrlKey : metaKey) ? [mac ? 'Control' : 'Meta'] : []),
    ...(altKey ? ['Alt'] : []),
    // Which signs need Shift is the keyboard's own: `?` does here and not there.
    ...(shiftKey ? [name.length === 1 && !isLetter ? '[Shift]' : 'Shift'] : []),
    // With Alt a key writes other letters on some systems, so it is known by its place.
    altKey && /^(Key|Digit)/.test(code) ? code : name,
  ].join('+');
}

/** `browser`: it keeps them, or needs them itself; `page`: they walk through the page and its tables. */
export type Refusal = 'browser' | 'page';

/** Windows and tabs, reload, the address, zoom, going back, and what is cut, copied, pasted and undone. */
const ofBrowser: ReadonlySet<string> = new Set([
  ...Array.from('ntwqrlacvxyz+-=0123456789', (key) => `$mod+${key}`),
  ...Array.from('ntwrz', (key) => `$mod+Shift+${key}`),
  ...['$mod+[Shift]++', '$mod+[Shift]+_', '$mod+Tab', '$mod+Shift+Tab', '$mod+F4'],
  ...['Alt+F4', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home', 'Alt+Tab'],
  ...['F1', 'F5', 'F7', 'F10', 'F11', 'F12', 'ContextMenu', 'PrintScreen'],
]);

const ofPage = /^(Shift\+)?(Enter|Escape|Tab|Space|Backspace|Delete|Home|End|PageUp|PageDown|Arrow\w+|F6)$/;

/** Why no action may have these keys; null when one may. */
export function refusalOf(keys: string): Refusal | null {
  const presses = keys.split(' ');
  if (presses.some((press) => ofBrowser.has(press))) {
    return 'browser';
  }
  return presses.some((press) => ofPage.test(press)) ? 'page' : null;
}

/** The others whose keys are the same, or begin with these, or with whose keys these begin: only one of them would run. */
export function holdersOf(
  keys: string,
  action: Pick<Action, 'id'>,
  actions: readonly Action[],
  bindings: Readonly<Record<string, string | null>>,
): Action[] {
  const begins = (longer: string, shorter: string): boolean => `${longer} `.startsWith(`${shorter} `);
  return actions.filter((other) => {
    const held = other.id === action.id ? null : keysOf(other, bindings);
    return held !== null && (begins(held, keys) || begins(keys, held));
  });
}
