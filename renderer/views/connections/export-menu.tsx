import { Menu } from '@base-ui/react/menu';
import Download from 'lucide-react/icons/download';
import { Button } from '../../parts/button/button.tsx';
import menu from '../../parts/menu/menu.module.css';
import { saveFile } from '../../parts/save-file.ts';
import { shownColumns } from '../../store/column-layout.ts';
import { usePreferences } from '../../store/preferences.ts';
import { useConsole } from '../../store/use-console.ts';
import { type ExportFormat, exportFormats, printConnections } from './connection-export.ts';
import { words } from './words.ts';

/** What the table shows, as a file: its rows in its order, its columns, of groups those that are unfolded. */
export function ExportMenu() {
  const { connections, connectionOrder, clock } = useConsole();
  const save = (format: ExportFormat): void => {
    const rows = connectionOrder
      .current()
      .lines.flatMap((line) => (typeof line === 'number' ? (connections.row(line) ?? []) : []));
    const columns = shownColumns(usePreferences.getState());
    saveFile(`connections.${format}`, printConnections(rows, columns, format, clock.now()));
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
