/** Short word of what an action did, from anywhere in the page. */
import { Toast } from '@base-ui/react/toast';

export const toastManager = Toast.createToastManager();

export type Tone = 'good' | 'bad' | 'warn' | 'info';

/** What can be done about it, in the message itself. */
export interface ToastAct {
  readonly label: string;
  readonly run: () => void;
}

export function tell(tone: Tone, title: string, description?: string, act?: ToastAct): void {
  const id = toastManager.add({
    type: tone,
    title,
    ...(description === undefined ? {} : { description }),
    ...(act === undefined
      ? {}
      : {
          actionProps: {
            children: act.label,
            onClick: () => {
              toastManager.close(id);
              act.run();
            },
          },
        }),
    timeout: tone === 'bad' || (tone !== 'warn' && act !== undefined) ? 12_000 : 5_000,
    priority: tone === 'bad' || tone === 'warn' ? 'high' : 'low',
  });
}
