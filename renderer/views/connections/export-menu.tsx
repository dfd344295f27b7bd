import { Menu } from '@base-ui/react/menu';
import Download from 'lucide-react/icons/download';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { Button } from '../../parts/button/button.tsx';
import { fileStamp } from '../../parts/file-stamp.ts';
import menu from '../../parts/menu/menu.module.css';
import { saveFile } from '../../parts/save-file.ts';
import { tell } from '../../parts/toast/toasts.tsx';
import { shownColumns } from '../../store/column-layout.ts';
import type { Departed } from '../../store/connections-store.ts';
import { usePreferences } from '../../store/preferences.ts';
import { useConsole } from '../../store/use-console.ts';
import { type ExportFormat, exportFormats, printConnections } from './connection-export.ts';
import { words } from './words.ts';

/** A row that a frozen table still shows, as what it is by now. */
function closedRow(departed: Departed | undefined): ConnectionRow | null {
  return departed ? { ...departed.row, state: 'closed' } : null;
}

/** What the table shows, as a file: its rows in its order, its columns, of groups those that are unfolded. */
export function ExportMenu() {
  const { connections, connectionOrder, clock } = useConsole();
  const save = (format: ExportFormat): void => {
    const rows = connectionOrder.current().lines.flatMap((line) => {
      const row = typeof line === 'number' ? (connections.row(line) ?? closedRow(connections.departed(line))) : null;
      return row ?? [];
    });
    const columns = shownColumns(usePreferences.getState());
    const nowMs = clock.now();
    const file = `connections-${fileStamp(nowMs)}.${format}`;
    saveFile(file, printConnections(rows, columns, format, connections.leftAtMs ?? nowMs));
    const folded = connectionOrder.current().ids.length - rows.length;
    tell('good', () => words.exported(file, rows.length, folded));
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <Button
            look="quiet"
            icon={<Download aria-hidden="true" />}
            aria-label={words.exportMenu}
            title={words.exportMenu}
          />
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} sideOffset={4} align="end">
          <Menu.Popup className={menu.popup}>
            {exportFormats.map((format) => (
              <Menu.Item key={format} className={menu.item} onClick={() => save(format)}>
                {words.exportFormats[format]}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
