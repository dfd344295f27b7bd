import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from '../class-names.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly footer: ReactNode;
  /** What is to be worked with is not there yet: the focus goes to it when it comes. */
  readonly waits?: boolean;
  /** For what stands in columns. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A question that has to be answered or left before anything else. Escape and the backdrop leave it. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  footer,
  waits = false,
  wide = false,
  children,
}: DialogProps) {
  const bodyRef = useRef<HTMLDivElement>(null);
  const waitedRef = useRef(waits);
  useEffect(() => {
    if (waitedRef.current && !waits) {
      bodyRef.current?.querySelector<HTMLElement>(':is(input,textarea,button):enabled')?.focus();
    }
    waitedRef.current = waits;
  }, [waits]);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={cx(styles.popup, wide && styles.wide)}>
          <header className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {description !== undefined && <Base.Description className={styles.text}>{description}</Base.Description>}
          </header>
          <div ref={bodyRef} className={styles.body}>
            {children}
          </div>
          <footer className={styles.foot}>{footer}</footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
