import { Menu } from '@base-ui/react/menu';
import Check from 'lucide-react/icons/check';
import Columns3 from 'lucide-react/icons/columns-3';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { Button } from '../../parts/button/button.tsx';
import menu from '../../parts/menu/menu.module.css';
import { columnsInOrder } from '../../store/column-layout.ts';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { words } from './words.ts';

/** Which columns are shown; the state and the IP always are. */
export function ColumnsMenu() {
  const hidden = usePreferences((state) => state.hiddenColumns);
  const order = usePreferences((state) => state.columnOrder);
  return (
    <Menu.Root>
      <Menu.Trigger
        render={<Button look="quiet" icon={<Columns3 aria-hidden="true" />} aria-label={words.columnsMenu} />}
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} sideOffset={4} align="end">
          <Menu.Popup className={menu.popup}>
            {columnsInOrder(order)
              .filter((column) => column !== 'state' && column !== 'ip')
              .map((column) => (
                <Menu.CheckboxItem
                  key={column}
                  className={menu.item}
                  checked={!hidden.includes(column)}
                  onCheckedChange={(checked) =>
                    changePreferences({
                      hiddenColumns: checked ? hidden.filter((name) => name !== column) : [...hidden, column],
                    })
                  }
                >
                  <span className={menu.check}>
                    <Menu.CheckboxItemIndicator>
                      <Check aria-hidden="true" />
                    </Menu.CheckboxItemIndicator>
                  </span>
                  {words.columns[column].head}
                </Menu.CheckboxItem>
              ))}
            <Menu.Separator className={menu.separator} />
            <Menu.Item
              className={menu.item}
              onClick={() => changePreferences({ columnOrder: [], hiddenColumns: [], columnWidths: {} })}
            >
              <RotateCcw aria-hidden="true" />
              {words.resetColumns}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
