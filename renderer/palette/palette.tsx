/** One field that finds everything that can be done, and everywhere one can go. */
import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { changePreferences, usePreferences } from '../store/preferences.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import type { PaletteEntry } from './entry.ts';
import styles from './palette.module.css';
import { PaletteBody } from './palette-body.tsx';
import { words } from './words.ts';

/** Remembered of what was chosen. */
const mostRemembered = 20;

function remember({ id }: PaletteEntry): void {
  const { recentCommands } = usePreferences.getState();
  changePreferences({
    recentCommands: [id, ...recentCommands.filter((other) => other !== id)].slice(0, mostRemembered),
  });
}

export function Palette() {
  const open = useScreen((screen) => screen.paletteOpen);
  const beforeRef = useRef<HTMLElement | null>(null);
  const chosenRef = useRef(false);
  const close = (): void => changeScreen({ paletteOpen: false });
  const choose = (entry: PaletteEntry): void => {
    if (entry.obstacle !== null) {
      return;
    }
    remember(entry);
    chosenRef.current = true;
    // Gone, and the focus back, before it runs: an action that moves the focus has the last word.
    flushSync(close);
    beforeRef.current?.focus();
    entry.run();
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup
          className={styles.popup}
          aria-label={words.title}
          data-lets-keys-through=""
          initialFocus={() => {
            beforeRef.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
            chosenRef.current = false;
            return true;
          }}
          finalFocus={() => !chosenRef.current}
        >
          <PaletteBody onChoose={choose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
