import { type ReactNode, useId } from 'react';
import { cx } from '../class-names.ts';
import styles from './panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** A few quiet words beside the title. */
  readonly aside?: ReactNode;
  /** Controls at the end of the head. */
  readonly tools?: ReactNode;
  /** The body reaches the edges; what is inside keeps its own distance. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One instrument of a view: a region with a name. Panels stand edge to edge, parted by hairlines. */
export function Panel({ title, aside, tools, flush = false, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={cx(styles.panel, className)} aria-labelledby={id} tabIndex={-1} data-panel="">
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      </header>
      <div className={cx(styles.body, flush && styles.flush)}>{children}</div>
    </section>
  );
}
