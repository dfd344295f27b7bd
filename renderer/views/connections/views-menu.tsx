/** Views of the table by name: shown, and saved. */
import { Menu } from '@base-ui/react/menu';
import Bookmark from 'lucide-react/icons/bookmark';
import Check from 'lucide-react/icons/check';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { Button } from '../../parts/button/button.tsx';
import menu from '../../parts/menu/menu.module.css';
import { usePreferences } from '../../store/preferences.ts';
import { isShown, plainTableView } from '../../store/saved-views.ts';
import { useScreen } from '../../store/screen.ts';
import { shownTableView, showTableView } from '../../store/shown-filter.ts';
import styles from './connections.module.css';
import { ManageDialog, NameDialog, type Naming } from './views-dialogs.tsx';
import { words } from './words.ts';

const text = words.views;

/** The plain table and those that are saved; there while the menu is open, for each choice about the table draws it anew. */
function ViewItems() {
  const preferences = usePreferences();
  const shown = shownTableView(
    preferences,
    useScreen((state) => state.linkedFilter),
  );
  return [{ ...plainTableView, name: text.plain }, ...preferences.savedViews].map((view, index) => (
    <Menu.Item
      // A saved one may bear the name of the plain one.
      key={index === 0 ? 'plain' : `view ${view.name}`}
      className={menu.item}
      onClick={() => showTableView(view)}
    >
      <span className={menu.check}>{isShown(view, shown) && <Check aria-hidden="true" />}</span>
      <span className={styles.viewName}>{view.name}</span>
      {index > 0 && view.connectionFilter !== '' && <code className={menu.aside}>{view.connectionFilter}</code>}
    </Menu.Item>
  ));
}

export function ViewsMenu() {
  const savedViews = usePreferences((state) => state.savedViews);
  const [naming, setNaming] = useState<Naming | null>(null);
  const [managing, setManaging] = useState(false);
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          render={
            <Button look="quiet" icon={<Bookmark aria-hidden="true" />} aria-label={text.menu} title={text.menu} />
          }
        />
        <Menu.Portal>
          <Menu.Positioner className={menu.positioner} sideOffset={4} align="end">
            <Menu.Popup className={menu.popup}>
              <ViewItems />
              <Menu.Separator className={menu.separator} />
              <Menu.Item className={menu.item} onClick={() => setNaming({ renamed: null })}>
                <Plus aria-hidden="true" />
                {text.save}
              </Menu.Item>
              {savedViews.length > 0 && (
                <Menu.Item className={menu.item} onClick={() => setManaging(true)}>
                  <Pencil aria-hidden="true" />
                  {text.manage}
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {managing && <ManageDialog onRename={(renamed) => setNaming({ renamed })} onClose={() => setManaging(false)} />}
      {naming !== null && <NameDialog naming={naming} onClose={() => setNaming(null)} />}
    </>
  );
}
