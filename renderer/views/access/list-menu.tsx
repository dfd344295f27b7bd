/** Import and export of one list. */

import { Menu } from '@base-ui/react/menu';
import Download from 'lucide-react/icons/download';
import Upload from 'lucide-react/icons/upload';
import { useRef } from 'react';
import type { AccessEntry, AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import menu from '../../parts/menu/menu.module.css';
import { saveFile } from '../../parts/save-file.ts';
import { unseen } from '../../parts/unseen/unseen.ts';
import { exportFormats, exportName, printList } from './export-list.ts';
import { useReadObstacle } from './use-edit-obstacle.ts';
import { words } from './words.ts';

const text = words.files;

export interface ListMenuProps {
  readonly list: AccessListName;
  /** What is exported. */
  readonly entries: readonly AccessEntry[];
  readonly onImport: (text: string) => void;
}

export function ListMenu({ list, entries, onImport }: ListMenuProps) {
  const input = useRef<HTMLInputElement>(null);
  const obstacle = useReadObstacle();
  return (
    <>
      <input
        ref={input}
        type="file"
        className={unseen}
        aria-label={text.choose(list)}
        tabIndex={-1}
        accept=".txt,.csv,.json,.toml,text/*,application/json"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) {
            void file.text().then(onImport);
          }
        }}
      />
      <Button
        look="quiet"
        small
        icon={<Upload aria-hidden="true" />}
        aria-label={text.importInto(list)}
        obstacle={obstacle}
        title={obstacle ?? text.importHint}
        onClick={() => input.current?.click()}
      >
        {text.import}
      </Button>
      <Menu.Root>
        <Menu.Trigger
          render={
            <Button look="quiet" small icon={<Download aria-hidden="true" />} aria-label={text.exportOf(list)}>
              {text.export}
            </Button>
          }
        />
        <Menu.Portal>
          <Menu.Positioner className={menu.positioner} sideOffset={4} align="end">
            <Menu.Popup className={menu.popup}>
              {exportFormats.map((format) => (
                <Menu.Item
                  key={format}
                  className={menu.item}
                  onClick={() => saveFile(exportName(list, format), printList(entries, format))}
                >
                  {text.formats[format]}
                  <span className={menu.aside}>{text.formatHints[format]}</span>
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}
