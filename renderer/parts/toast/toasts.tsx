/** Short word of what an action did, from anywhere in the page. */
import { Toast } from '@base-ui/react/toast';
import { useLanguage } from '../../store/language.ts';

export const toastManager = Toast.createToastManager();

export type Tone = 'good' | 'bad' | 'warn' | 'info';

/** Read when it is drawn: the language may change while it is shown. */
export type Said = () => string;

/** What can be done about it, in the message itself. */
export interface ToastAct {
  readonly label: Said;
  readonly run: () => void;
}

function Spoken({ said }: { readonly said: Said }) {
  useLanguage();
  return said();
}

/** `description`: undefined, or giving undefined, where the title says it all. */
export function tell(tone: Tone, title: Said, description?: () => string | undefined, act?: ToastAct): void {
  const id = toastManager.add({
    type: tone,
    title: <Spoken said={title} />,
    ...(description?.() === undefined ? {} : { description: <Spoken said={() => description() ?? ''} /> }),
    ...(act === undefined
      ? {}
      : {
          actionProps: {
            children: <Spoken said={act.label} />,
            onClick: () => {
              toastManager.close(id);
              act.run();
            },
          },
        }),
    timeout: tone === 'bad' || (tone !== 'warn' && act !== undefined) ? 10_000 : 5_000,
    priority: tone === 'bad' || tone === 'warn' ? 'high' : 'low',
  });
}

/** The list of those that are shown; null when there are none. */
export function shownMessages(): HTMLElement | null {
  const list = document.querySelector<HTMLElement>('[data-messages]');
  return list?.querySelector('[data-type]') ? list : null;
}

/** By the key that the list itself listens for, so that it knows where the focus is to go back to. */
export function focusMessages(): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F6' }));
}
