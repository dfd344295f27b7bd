/** Connections one by one, or under the line of their host or IP. */
import { Menu } from '@base-ui/react/menu';
import Check from 'lucide-react/icons/check';
import ListTree from 'lucide-react/icons/list-tree';
import { Button } from '../../parts/button/button.tsx';
import menu from '../../parts/menu/menu.module.css';
import { groupings } from '../../store/connection-lines.ts';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { changeScreen } from '../../store/screen.ts';
import { useConsole } from '../../store/use-console.ts';
import { words } from './words.ts';

export function GroupMenu() {
  const { connectionOrder } = useConsole();
  const grouping = usePreferences((state) => state.connectionGrouping);
  const foldAll = (): void => {
    const groups = connectionOrder.current().lines.flatMap((line) => (typeof line === 'object' ? line.key : []));
    changeScreen({ collapsedGroups: new Set(groups) });
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <Button
            look="quiet"
            pressed={grouping !== 'none'}
            icon={<ListTree aria-hidden="true" />}
            aria-label={words.grouping.label}
            title={words.grouping.label}
          />
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} sideOffset={4} align="end">
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup
              value={grouping}
              onValueChange={(connectionGrouping) => changePreferences({ connectionGrouping })}
            >
              {groupings.map((by) => (
                <Menu.RadioItem key={by} value={by} className={menu.item} closeOnClick>
                  <span className={menu.check}>
                    <Menu.RadioItemIndicator>
                      <Check aria-hidden="true" />
                    </Menu.RadioItemIndicator>
                  </span>
                  {words.grouping[by]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            {grouping !== 'none' && (
              <>
                <Menu.Separator className={menu.separator} />
                <Menu.Item className={menu.item} onClick={foldAll}>
                  {words.foldAll}
                </Menu.Item>
                <Menu.Item className={menu.item} onClick={() => changeScreen({ collapsedGroups: new Set() })}>
                  {words.unfoldAll}
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
