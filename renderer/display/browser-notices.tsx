/** Whether this browser tells of alerts outside of the page. */
import { useState } from 'react';
import { Checkbox } from '../parts/fields/checkbox.tsx';
import { askForNotifications, notificationPower } from '../shell/browser-notifications.ts';
import { changePreferences, usePreferences } from '../store/preferences.ts';
import styles from './display.module.css';
import { words } from './words.ts';

export function BrowserNotices() {
  const wanted = usePreferences(({ browserNotifications }) => browserNotifications);
  const [power, setPower] = useState(notificationPower);
  if (power === 'none') {
    return null;
  }
  const choose = async (on: boolean): Promise<void> => {
    const may = on && (power === 'granted' || (await askForNotifications()));
    setPower(notificationPower());
    changePreferences({ browserNotifications: may });
  };
  return (
    <div className={styles.notices}>
      <Checkbox label={words.notices} checked={wanted && power === 'granted'} onChange={(on) => void choose(on)} />
      {power === 'denied' && <p className={styles.hint}>{words.noticesDenied}</p>}
    </div>
  );
}
