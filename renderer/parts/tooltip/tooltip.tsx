import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import styles from './tooltip.module.css';

/**
 * A few words on hover or focus: never the only place where something is said. Who hears the page is told them with what
 * they are about; the popup is for those who see it.
 */
export function Hint({
  text,
  keys,
  side = 'bottom',
  children,
}: {
  readonly text: string;
  readonly keys?: string | null;
  readonly side?: 'bottom' | 'top' | 'right';
  readonly children: ReactElement;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger aria-description={text} render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className={styles.positioner} aria-hidden="true">
          <Tooltip.Popup className={styles.popup}>
            {text}
            {keys !== null && keys !== undefined && <span className={styles.keys}>{keys}</span>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
