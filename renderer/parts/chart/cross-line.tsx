import { type ReactNode, useSyncExternalStore } from 'react';
import { placeOf, type TimeFrame } from '../../base/time-frame.ts';
import type { CrossHair } from './cross-hair.ts';
import styles from './cross-line.module.css';

interface CrossLineProps {
  readonly frame: TimeFrame;
  readonly crossHair: CrossHair;
}

/** The moment that is pointed at anywhere in the view; nothing while it lies outside. */
export function CrossLine({ frame, crossHair }: CrossLineProps) {
  const atMs = useSyncExternalStore(crossHair.changes.subscribe, crossHair.atMs);
  if (atMs === null || atMs < frame.fromMs || atMs >= frame.toMs) {
    return null;
  }
  return <div className={styles.cross} style={{ left: `${placeOf(atMs, frame, 100)}%` }} />;
}

/** A picture as wide as its time: it shows the moment that is pointed at, and pointing at it says which. */
export function CrossField({
  frame,
  crossHair,
  className,
  children,
}: CrossLineProps & { readonly className: string | undefined; readonly children: ReactNode }) {
  return (
    <div
      className={className}
      onPointerMove={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        crossHair.point(frame.fromMs + ((event.clientX - left) / width) * (frame.toMs - frame.fromMs));
      }}
      onPointerLeave={() => crossHair.point(null)}
    >
      {children}
      <CrossLine frame={frame} crossHair={crossHair} />
    </div>
  );
}
