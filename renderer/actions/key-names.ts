/** How keys are written on the screen, and how a pressed key is written for tinykeys. */

export type Platform = 'mac' | 'other';

/** What this page runs on. */
export function currentPlatform(): Platform {
  return typeof navigator === 'object' && /Mac|iPhone|iPad/.test(navigator.platform) ? 'mac' : 'other';
}

const modifierNames: Readonly<Record<Platform, Readonly<Record<string, string>>>> = {
  mac: { $mod: '⌘', Meta: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' },
  other: { $mod: 'Ctrl', Meta: 'Win', Control: 'Ctrl', Alt: 'Alt', Shift: 'Shift' },
};

const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  '-': '−',
};

/** `$mod+k` and `g o` as presses, each as its modifiers and its key. A modifier in brackets is one that may be there. */
function pressesOf(keys: string): { readonly modifiers: readonly string[]; readonly key: string }[] {
  return keys.split(' ').map((press) => {
    const parts = press.split(/(?<=\w|\])\+/);
    return { modifiers: parts.slice(0, -1).filter((part) => !part.startsWith('[')), key: parts.at(-1) ?? '' };
  });
}

/** `Ctrl K`, `⌘K`, `G O`; null when there are none. */
export function keyLabel(keys: string | null, platform: Platform = currentPlatform()): string | null {
  if (keys === null) {
    return null;
  }
  return pressesOf(keys)
    .map(({ modifiers, key }) =>
      [
        ...modifiers.map((modifier) => modifierNames[platform][modifier] ?? modifier),
        keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key.replace(/^(Key|Digit)(?=.$)/, '')),
      ].join(platform === 'mac' ? '' : ' '),
    )
    .join(' ');
}

/** As `aria-keyshortcuts` has it: `Control+K`. Sequences are not part of that standard. */
export function ariaKeys(keys: string | null, platform: Platform = currentPlatform()): string | undefined {
  if (keys === null || keys.includes(' ')) {
    return undefined;
  }
  return pressesOf(keys)
    .map(({ modifiers, key }) =>
      [...modifiers.map((name) => (name === '$mod' ? (platform === 'mac' ? 'Meta' : 'Control') : name)), key].join('+'),
    )
    .join(' ');
}
