/** What the screen says when there is nothing, not yet, or trouble. */

import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { cx } from '../class-names.ts';
import styles from './feedback.module.css';

/** Nothing to show: says so, and what to do next. */
export function Empty({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <div className={styles.emptyTitle}>{title}</div>
      {children !== undefined && <div className={styles.emptyText}>{children}</div>}
      {actions !== undefined && <div className={styles.emptyActions}>{actions}</div>}
    </div>
  );
}

/** Holds the place of a text that is not there yet. */
export function Skeleton({ width }: { readonly width?: string }) {
  return <span className={styles.skeleton} style={width === undefined ? undefined : { width }} aria-hidden="true" />;
}

const widths = ['92%', '78%', '85%', '64%', '88%', '71%', '80%', '58%', '83%', '67%', '90%', '74%'];

/** At most twelve lines of different lengths. */
export function SkeletonLines({ count }: { readonly count: number }) {
  return (
    <div className={styles.lines} aria-hidden="true">
      {widths.slice(0, count).map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}

/**
 * Holds the place of a table, as high as its lines will be: nothing below it moves when they come.
 * `height`: of one line, `head`: of what stands above them.
 */
export function SkeletonRows(props: { readonly count: number; readonly height: string; readonly head?: string }) {
  const { count, height, head = '0px' } = props;
  return (
    <div
      className={styles.rows}
      style={{ height: `calc(${count} * ${height})`, marginTop: head, backgroundSize: `100% ${height}` }}
      aria-hidden="true"
    />
  );
}

export function Banner({
  tone,
  children,
  actions,
  urgent = false,
}: {
  readonly tone: 'warn' | 'bad' | 'info';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Read out at once. */
  readonly urgent?: boolean;
}) {
  return (
    <div className={cx(styles.banner, styles[tone])} role={urgent ? 'alert' : 'status'}>
      {tone === 'info' ? <Info aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      <div className={styles.bannerText}>{children}</div>
      {actions}
    </div>
  );
}
