/** Notifications of the browser, for a page that is open and not looked at. The desktop shows its own. */

/** `none`: there are none here, or the desktop's main process shows them. */
export type NotificationPower = 'none' | NotificationPermission;

export function notificationPower(): NotificationPower {
  return 'Notification' in window && !('hotpool' in window) ? Notification.permission : 'none';
}

/** Asks the person, by a click of whom it must be called. Resolves whether notifications may be shown. */
export async function askForNotifications(): Promise<boolean> {
  return notificationPower() !== 'none' && (await Notification.requestPermission()) === 'granted';
}

export interface NotificationWords {
  readonly title: string;
  readonly body: string;
  /** A later one with the same tag takes its place. */
  readonly tag: string;
}

/** Nothing for a page that has the focus, or that may show none. `onClick` is called with the page in front. */
export function notifyOutside({ title, body, tag }: NotificationWords, onClick: () => void): void {
  if (notificationPower() !== 'granted' || document.hasFocus()) {
    return;
  }
  const notification = new Notification(title, { body, tag });
  notification.onclick = () => {
    window.focus();
    notification.close();
    onClick();
  };
}
