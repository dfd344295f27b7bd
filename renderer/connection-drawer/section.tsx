/** A titled part of the drawer. */
import type { ReactNode } from 'react';
import styles from './connection-drawer.module.css';

export function Section(props: {
  readonly title: string;
  readonly aside?: string | undefined;
  readonly children: ReactNode;
}) {
  const { title, aside, children } = props;
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.title}>
        {title}
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </h3>
      {children}
    </section>
  );
}
