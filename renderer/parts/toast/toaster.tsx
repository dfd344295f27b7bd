import { Toast } from '@base-ui/react/toast';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { Button } from '../button/button.tsx';
import { words } from '../words.ts';
import styles from './toaster.module.css';
import { toastManager } from './toasts.tsx';

/** The others wait until one of these has gone. */
const mostToasts = 3;

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-type={toast.type} data-lets-keys-through="">
      <Toast.Content className={styles.content}>
        <Toast.Title className={styles.title} />
        <Toast.Description className={styles.text} />
        <Toast.Action className={styles.act} />
      </Toast.Content>
      <Toast.Close
        className={styles.close}
        render={<Button look="quiet" small icon={<X />} aria-label={words.toast.dismiss} />}
      />
    </Toast.Root>
  ));
}

export function Toaster({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={toastManager} limit={mostToasts}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport} aria-label={words.toast.list} data-messages="">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
