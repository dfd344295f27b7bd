import type { ReactNode } from 'react';
import styles from './waiting-bar.module.css';

export interface WaitingBarProps {
  readonly label: string;
  /** How many changes wait, and what they do. */
  readonly text: ReactNode;
  /** It is not known yet what they do. */
  readonly looking: boolean;
  /** What is to become of them; the button that applies them has `data-apply`. */
  readonly children: ReactNode;
}

/** Changes of a view that wait, in one line that is always in sight: one of its panels. */
export function WaitingBar({ label, text, looking, children }: WaitingBarProps) {
  return (
    <section
      className={styles.bar}
      aria-label={label}
      aria-busy={looking || undefined}
      tabIndex={-1}
      data-panel=""
      data-waiting=""
    >
      <div className={styles.text} role="status">
        {text}
      </div>
      {children}
    </section>
  );
}
