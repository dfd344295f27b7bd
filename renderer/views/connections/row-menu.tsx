/** What can be done with the chosen lines: as a bar above the table, and under the right mouse button. */
import { ContextMenu } from '@base-ui/react/context-menu';
import Copy from 'lucide-react/icons/copy';
import type { ReactNode } from 'react';
import {
  blockIps,
  checkConnections,
  closeConnections,
  drainConnections,
  inspectConnection,
} from '../../actions/connection-actions.ts';
import { keyLabel } from '../../actions/key-names.ts';
import { ActionButton, useAction, useObstacle } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { KeyCap } from '../../parts/key-cap/key-cap.tsx';
import menu from '../../parts/menu/menu.module.css';
import { copyText } from '../../parts/toast/copy-text.ts';
import { useScreen } from '../../store/screen.ts';
import { useConsole, useOrderedConnections } from '../../store/use-console.ts';
import styles from './connections.module.css';
import { words } from './words.ts';

interface Chosen {
  readonly ids: readonly number[];
  readonly ips: readonly string[];
}

const noIds: readonly number[] = [];

/** The chosen ones that still live and fit the filter: nothing is done to a row that nobody sees. */
export function useChosen(): Chosen {
  const { connections } = useConsole();
  const selected = useScreen((state) => state.selected);
  // With nothing chosen it is all one which ones fit.
  const fitting = useOrderedConnections(({ ids }) => (selected.size === 0 ? noIds : ids));
  const rows = fitting.flatMap((id) => (selected.has(id) ? (connections.row(id) ?? []) : []));
  return { ids: rows.map((row) => row.id), ips: [...new Set(rows.map((row) => row.ip))] };
}

/** The IP that all chosen lines have in common. */
function onlyIp({ ips }: Chosen): string | null {
  return ips.length === 1 ? (ips[0] ?? null) : null;
}

function copyIps(ips: readonly string[]): void {
  copyText(ips.join('\n'), () => words.copied(ips.length));
}

export function SelectionBar({ chosen, onClear }: { readonly chosen: Chosen; readonly onClear: () => void }) {
  const { ids, ips } = chosen;
  const only = onlyIp(chosen);
  return (
    <div className={styles.selection} role="toolbar" aria-label={words.rowActions}>
      <strong>{words.selected(ids.length)}</strong>
      {ids.length === 1 && ids[0] !== undefined && (
        <ActionButton action={inspectConnection} input={ids[0]} small showIcon />
      )}
      {only !== null && <ActionButton action={inspectIp} input={only} small showIcon />}
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
  const check = useAction(checkConnections);
  const drain = useAction(drainConnections);
  const close = useAction(closeConnections);
  const block = useAction(blockIps);
  const open = useAction(inspectConnection);
  const inspect = useAction(inspectIp);
  const only = onlyIp(chosen);
  const { ids, ips } = chosen;
  const none = ids.length === 0;
  const unable = useObstacle(checkConnections);
  const unableToBlock = useObstacle(blockIps);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger className={styles.fill}>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className={menu.positioner}>
          <ContextMenu.Popup className={menu.popup} aria-label={words.rowActions}>
            <ContextMenu.Item
              className={menu.item}
              disabled={ids.length !== 1}
              onClick={() => ids[0] !== undefined && void open(ids[0])}
            >
              <inspectConnection.icon aria-hidden="true" />
              {inspectConnection.words.label}
              <KeyCap label={keyLabel('Enter')} className={menu.aside} />
            </ContextMenu.Item>
            <ContextMenu.Item
              className={menu.item}
              disabled={only === null}
              onClick={() => only !== null && void inspect(only)}
            >
              <inspectIp.icon aria-hidden="true" />
              {inspectIp.words.label}
            </ContextMenu.Item>
            <ContextMenu.Item
              className={menu.item}
              disabled={none || unable !== null}
              title={unable ?? undefined}
              onClick={() => void check(ids)}
            >
              <checkConnections.icon aria-hidden="true" />
              {checkConnections.words.label}
            </ContextMenu.Item>
            <ContextMenu.Item
              className={menu.item}
              disabled={none || unable !== null}
              title={unable ?? drainConnections.words.hint}
              onClick={() => void drain(ids)}
            >
              <drainConnections.icon aria-hidden="true" />
              {drainConnections.words.label}
            </ContextMenu.Item>
            <ContextMenu.Item
              className={menu.item}
              disabled={none || unable !== null}
              title={unable ?? closeConnections.words.hint}
              onClick={() => void close(ids)}
            >
              <closeConnections.icon aria-hidden="true" />
              {closeConnections.words.label}
            </ContextMenu.Item>
            <ContextMenu.Item
              className={menu.item}
              disabled={none || unableToBlock !== null}
              title={unableToBlock ?? undefined}
              onClick={() => void block(ips)}
            >
              <blockIps.icon aria-hidden="true" />
              {words.blockIps(ips.length)}
            </ContextMenu.Item>
            <ContextMenu.Item className={menu.item} disabled={none} onClick={() => copyIps(ips)}>
              <Copy aria-hidden="true" />
              {words.copyIps}
            </ContextMenu.Item>
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
