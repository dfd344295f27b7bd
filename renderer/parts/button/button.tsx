import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { cx } from '../class-names.ts';
import styles from './button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `link`: inside a sentence; `entry`: a name in a table that leads somewhere. */
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger' | 'link' | 'entry';
  readonly small?: boolean;
  readonly icon?: ReactNode;
  /** A toggle that is on. */
  readonly pressed?: boolean;
  /** Why it can do nothing now. It keeps the focus and its hint, so that the reason can be found; a click does nothing. */
  readonly obstacle?: string | null;
}

/** The one button. Without children it shows its icon alone and needs an `aria-label`. */
export function Button(props: ButtonProps) {
  const {
    look = 'plain',
    small = false,
    icon,
    pressed,
    obstacle = null,
    className,
    children,
    onClick,
    ...rest
  } = props;
  const shape = look === 'link' ? styles.link : look === 'entry' ? styles.entry : styles.button;
  return (
    <button
      type="button"
      data-look={look}
      aria-pressed={pressed}
      className={cx(
        shape,
        look === 'primary' && styles.primary,
        look === 'quiet' && styles.quiet,
        look === 'danger' && styles.danger,
        small && styles.small,
        children === undefined && styles.iconOnly,
        pressed === true && styles.pressed,
        className,
      )}
      aria-disabled={obstacle === null ? undefined : true}
      aria-description={obstacle ?? undefined}
      onClick={obstacle === null ? onClick : undefined}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
