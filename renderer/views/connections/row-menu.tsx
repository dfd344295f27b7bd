/** What can be done with the chosen lines: as a bar above the table, and under the right mouse button. */
import { ContextMenu } from '@base-ui/react/context-menu';
import Copy from 'lucide-react/icons/copy';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  blockIps,
  checkConnections,
  closeConnections,
  drainConnections,
  inspectConnection,
} from '../../actions/connection-actions.ts';
import { keyLabel } from '../../actions/key-names.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { KeyCap } from '../../parts/key-cap/key-cap.tsx';
import menu from '../../parts/menu/menu.module.css';
import styles from './connections.module.css';
import { type Chosen, copyIps, only, pressedAct, useRowActs } from './row-acts.ts';
import { words } from './words.ts';

export function SelectionBar({ chosen, onClear }: { readonly chosen: Chosen; readonly onClear: () => void }) {
  const { ids, ips } = chosen;
  const [id, ip] = [only(ids), only(ips)];
  return (
    <div className={styles.selection} role="toolbar" aria-label={words.rowActions}>
      <strong>{words.selected(ids.length)}</strong>
      {id !== null && <ActionButton action={inspectConnection} input={id} small showIcon />}
      {ip !== null && <ActionButton action={inspectIp} input={ip} small showIcon />}
      <ActionButton action={checkConnections} input={ids} small showIcon />
      <ActionButton action={drainConnections} input={ids} small showIcon />
      <ActionButton action={closeConnections} input={ids} small showIcon />
      <ActionButton action={blockIps} input={ips} label={words.blockIps(ips.length)} small showIcon look="danger" />
      <Button small icon={<Copy aria-hidden="true" />} onClick={() => copyIps(ips)}>
        {words.copyIps}
      </Button>
      <Button small look="quiet" onClick={onClear}>
        {words.clearSelection}
      </Button>
    </div>
  );
}

export function RowMenu({ chosen, children }: { readonly chosen: Chosen; readonly children: ReactNode }) {
  const acts = useRowActs(chosen);
  const onKeyDown = (event: KeyboardEvent): void => {
    // What the table has no use for, as long as the table has the focus.
    const isTables = event.target instanceof Element && event.target.matches('[data-connections]');
    const act = isTables && !event.isDefaultPrevented() ? pressedAct(acts, event) : undefined;
    if (act !== undefined && !event.repeat) {
      event.preventDefault();
      act.run();
    }
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger className={styles.fill} onKeyDown={onKeyDown}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className={menu.positioner}>
          <ContextMenu.Popup className={menu.popup} aria-label={words.rowActions}>
            {acts.map(({ icon: Icon, label, note, keys, isOff, obstacle, run }) => (
              <ContextMenu.Item
                key={keys}
                className={menu.item}
                disabled={isOff}
                title={obstacle ?? undefined}
                onClick={run}
              >
                <Icon aria-hidden="true" />
                {label}
                {note !== undefined && <span className={menu.note}>{note}</span>}
                <KeyCap label={keyLabel(keys)} className={menu.aside} />
              </ContextMenu.Item>
            ))}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
