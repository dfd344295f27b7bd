/** The page itself. */
import Command from 'lucide-react/icons/command';
import Keyboard from 'lucide-react/icons/keyboard';
import PlugZap from 'lucide-react/icons/plug-zap';
import RotateCw from 'lucide-react/icons/rotate-cw';
import { changeScreen, useScreen } from '../store/screen.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

/** Opens the palette, or closes it. */
export const openPalette: Action = {
  id: 'palette.open',
  words: words.openPalette,
  keys: '$mod+k',
  icon: Command,
  run: () => changeScreen({ paletteOpen: !useScreen.getState().paletteOpen }),
};

export const openShortcuts: Action = {
  id: 'shortcuts.open',
  words: words.openShortcuts,
  keys: '[Shift]+?',
  icon: Keyboard,
  run: () => changeScreen({ shortcutsOpen: true }),
};

export const reconnect: Action = {
  id: 'link.retry',
  words: words.reconnect,
  keys: null,
  icon: RotateCw,
  pointless: ({ bridge }) => (bridge.link().phase === 'lost' ? null : words.notLost),
  run: ({ bridge }) => bridge.retryNow(),
};

export const reload: Action = {
  id: 'page.reload',
  words: words.reload,
  keys: null,
  icon: PlugZap,
  run: () => location.reload(),
};
