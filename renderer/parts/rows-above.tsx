/**
 * Stands in a virtual table for the lines above those that exist, so that these need no place of their own. With one in its
 * style (`translateY`), each would be remembered by the browser beside all earlier ones, and a scroll of many pages grow
 * slower with each.
 */
import type { VirtualItem } from '@tanstack/react-virtual';
import styles from './rows-above.module.css';

export function RowsAbove({ shown }: { readonly shown: readonly VirtualItem[] }) {
  return <tbody aria-hidden="true" className={styles.above} style={{ height: shown[0]?.start ?? 0 }} />;
}
