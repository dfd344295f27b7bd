/** Short word of what an action did, from anywhere in the page. */
import { Toast } from '@base-ui/react/toast';

export const toastManager = Toast.createToastManager();

export type Tone = 'good' | 'bad' | 'info';

export function tell(tone: Tone, title: string, description?: string): void {
  toastManager.add({
    type: tone,
    title,
    ...(description === undefined ? {} : { description }),
    timeout: tone === 'bad' ? 12_000 : 5_000,
    priority: tone === 'bad' ? 'high' : 'low',
  });
}
