/** Alerts as the operating system's notifications, for an operator who looks at something else. */
import type { Notification, NotificationConstructorOptions } from 'electron';
import type { AlertKeeper } from '../../core/alerts/alert-keeper.ts';
import { alertSentence } from '../../core/contract/alert-text.ts';
import type { Alert } from '../../core/contract/alerts.ts';
import type { Language } from '../../core/contract/language.ts';
import { desktopWords } from './desktop-words.ts';

export interface AlertNotificationOptions {
  readonly alerts: Pick<AlertKeeper, 'observe' | 'active'>;
  /** Epoch. What has fired since, and still does, is told now: the engine judges before the desktop can show anything. */
  readonly firedSinceMs: number;
  /** Of this moment. */
  readonly isWanted: () => boolean;
  /** Of this moment. */
  readonly language: () => Language;
  /** null where the system shows none. */
  readonly make: ((words: NotificationConstructorOptions) => Pick<Notification, 'show' | 'close' | 'on'>) | null;
  /** The person has clicked: the alert is to be shown. */
  readonly open: (alertId: number) => void;
}

/** One for each alert that fires; gone with the alert. Returns the function that ends it. */
export function showAlertNotifications({
  alerts,
  firedSinceMs,
  isWanted,
  language,
  make,
  open,
}: AlertNotificationOptions): () => void {
  // Held here, for a notification that nobody holds is collected and hears no click.
  const shown = new Map<number, Pick<Notification, 'close'>>();
  const end = (alertId: number): void => {
    shown.get(alertId)?.close();
    shown.delete(alertId);
  };
  const tell = (alert: Alert): void => {
    if (make === null || !isWanted()) {
      return;
    }
    const notification = make({
      title: desktopWords[language()].notifications[alert.severity],
      body: alertSentence(alert, language()),
      urgency: alert.severity === 'critical' ? 'critical' : 'normal',
    });
    notification.on('click', () => open(alert.id));
    shown.set(alert.id, notification);
    notification.show();
  };
  for (const alert of alerts.active()) {
    if (alert.state === 'firing' && (alert.firedAtMs ?? 0) >= firedSinceMs) {
      tell(alert);
    }
  }
  return alerts.observe({
    notice: ({ kind, alert }) => {
      end(alert.id);
      if (kind === 'fired') {
        tell(alert);
      }
    },
  });
}
