/** Where the pointer finds the palette, and where its key stands to be learnt. */
import Search from 'lucide-react/icons/search';
import { useKeys } from '../actions/bindings.ts';
import { ariaKeys, keyLabel } from '../actions/key-names.ts';
import { openPalette } from '../actions/page-actions.ts';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import { changeScreen } from '../store/screen.ts';
import styles from './palette.module.css';
import { words } from './words.ts';

export function PaletteButton() {
  const keys = useKeys(openPalette);
  return (
    <button
      type="button"
      className={styles.opener}
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeys(keys)}
      title={openPalette.words.hint}
      onClick={() => changeScreen({ paletteOpen: true })}
    >
      <Search aria-hidden="true" />
      <span className={styles.openerWord}>{words.open}</span>
      <span aria-hidden="true">
        <KeyCap label={keyLabel(keys)} />
      </span>
    </button>
  );
}
