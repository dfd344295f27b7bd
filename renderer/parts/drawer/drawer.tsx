import { Dialog as Base } from '@base-ui/react/dialog';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { Button } from '../button/button.tsx';
import { ErrorBoundary } from '../feedback/error-boundary.tsx';
import { words } from '../words.ts';
import styles from './drawer.module.css';

export interface DrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly closeLabel: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** One thing in full, at the side of the view. Escape and a click beside it close it. */
export function Drawer({ open, onClose, title, closeLabel, tools, children }: DrawerProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} data-lets-keys-through="">
          <header className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close
              render={<Button look="quiet" small icon={<X aria-hidden="true" />} aria-label={closeLabel} />}
            />
          </header>
          {tools !== undefined && <div className={styles.tools}>{tools}</div>}
          <div className={styles.body}>
            <ErrorBoundary what={words.drawer}>{children}</ErrorBoundary>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
