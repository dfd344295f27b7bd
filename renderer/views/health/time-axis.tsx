import { placeOf, type TimeFrame, ticksOf } from '../../base/time-frame.ts';
import styles from './strips.module.css';
import { words } from './words.ts';

export function TimeAxis({ frame, width }: { readonly frame: TimeFrame; readonly width: number }) {
  return (
    <div className={styles.axis} aria-hidden="true">
      {ticksOf(frame, width).map((atMs) => (
        <span key={atMs} className={styles.tick} style={{ left: placeOf(atMs, frame, width) }}>
          {words.strips.at(atMs, frame.toMs - frame.fromMs)}
        </span>
      ))}
    </div>
  );
}
