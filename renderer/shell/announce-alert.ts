/** Tells of an alert that has begun to fire, whatever view is open, and outside of the page when nobody looks at it. */
import type { Alert } from '../../core/contract/alerts.ts';
import { runAction } from '../actions/action.ts';
import { showAlert } from '../actions/alert-actions.ts';
import { tell } from '../parts/toast/toasts.tsx';
import type { ConsoleStores } from '../store/console-stores.ts';
import { usePreferences } from '../store/preferences.ts';
import { alertSentence } from '../words/vocabulary.ts';
import { notifyOutside } from './browser-notifications.ts';
import { words } from './words.ts';

/** A warning waits in the Alerts view, so its message goes soon: it must not cover for long what is being read. */
const tones = { critical: 'bad', warning: 'warn' } as const;

export function announceAlert(stores: ConsoleStores, alert: Alert): void {
  const { id, severity, rule } = alert;
  const show = (): void => void runAction(showAlert, stores, id);
  const title = (): string => words.alert[severity];
  const body = (): string => alertSentence(rule, alert);
  tell(tones[severity], () => words.alertToast(title(), body()), undefined, {
    label: () => showAlert.words.label,
    run: show,
  });
  if (usePreferences.getState().browserNotifications) {
    notifyOutside({ title: words.notification(title()), body: body(), tag: `alert ${id}` }, show);
  }
}
