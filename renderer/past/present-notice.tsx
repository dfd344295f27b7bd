/** In the head, in place of the verdict of then: the view below only knows the present. */
import Info from 'lucide-react/icons/info';
import styles from './past.module.css';
import { words } from './words.ts';

export function PresentNotice({ view }: { readonly view: string }) {
  const text = words.present(view);
  return (
    <p className={styles.present} role="status">
      <Info aria-hidden="true" />
      <span title={text}>{text}</span>
    </p>
  );
}
