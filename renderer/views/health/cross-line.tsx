import { useSyncExternalStore } from 'react';
import { placeOf, type TimeFrame } from '../../base/time-frame.ts';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import styles from './strips.module.css';

/** The moment that is pointed at anywhere in the view; nothing while it lies outside. */
export function CrossLine({ frame, crossHair }: { readonly frame: TimeFrame; readonly crossHair: CrossHair }) {
  const atMs = useSyncExternalStore(crossHair.changes.subscribe, crossHair.atMs);
  if (atMs === null || atMs < frame.fromMs || atMs >= frame.toMs) {
    return null;
  }
  return <div className={styles.cross} style={{ left: `${placeOf(atMs, frame, 100)}%` }} />;
}
