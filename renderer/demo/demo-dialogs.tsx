/** The demo's dialogs, opened from anywhere by their actions. */
import { changeScreen, useScreen } from '../store/screen.ts';
import { DemoFaultsDialog } from './demo-faults-dialog.tsx';
import { OwnHostDialog } from './own-host-dialog.tsx';

export function DemoDialogs() {
  const open = useScreen((screen) => screen.demoDialog);
  const close = (): void => changeScreen({ demoDialog: null });
  if (open === 'faults') {
    return <DemoFaultsDialog onClose={close} />;
  }
  return open === 'own-host' ? <OwnHostDialog onClose={close} /> : null;
}
