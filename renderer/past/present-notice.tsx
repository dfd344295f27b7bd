/** Above a view that only knows the present, while the past is shown. */
import Info from 'lucide-react/icons/info';
import styles from './past.module.css';
import { words } from './words.ts';

export function PresentNotice({ view }: { readonly view: string }) {
  return (
    <p className={styles.present} role="status">
      <Info aria-hidden="true" />
      {words.present(view)}
    </p>
  );
}
