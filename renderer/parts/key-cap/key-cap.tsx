import { cx } from '../class-names.ts';
import styles from './key-cap.module.css';

/** Keys as they are pressed: `Ctrl K`. Nothing when there are none. */
export function KeyCap({
  label,
  className,
}: {
  readonly label: string | null;
  readonly className?: string | undefined;
}) {
  return label === null ? null : <kbd className={cx(styles.cap, className)}>{label}</kbd>;
}
