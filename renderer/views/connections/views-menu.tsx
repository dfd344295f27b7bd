/** Views of the table by name: shown, saved, given another name, deleted. */
import { Menu } from '@base-ui/react/menu';
import Bookmark from 'lucide-react/icons/bookmark';
import Check from 'lucide-react/icons/check';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { TextField } from '../../parts/fields/text-field.tsx';
import menu from '../../parts/menu/menu.module.css';
import { tell } from '../../parts/toast/toasts.tsx';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { isShown, longestViewName, plainTableView, tableViewOf, withView } from '../../store/saved-views.ts';
import styles from './connections.module.css';
import { words } from './words.ts';

const text = words.views;

/** What is named in the dialog: the table as it is now, or a view that was saved under another name. */
type Naming = { readonly renamed: string | null };

function saveAs(name: string, { renamed }: Naming): void {
  const preferences = usePreferences.getState();
  const { savedViews } = preferences;
  const before = savedViews.find((view) => view.name === renamed);
  const others = savedViews.filter((view) => view.name !== renamed);
  changePreferences({ savedViews: withView(others, { ...(before ?? tableViewOf(preferences)), name }) });
  tell('good', () => text.saved(name));
}

function remove(name: string): void {
  changePreferences({ savedViews: usePreferences.getState().savedViews.filter((view) => view.name !== name) });
  tell('info', () => text.removed(name));
}

function NameDialog({ naming, onClose }: { readonly naming: Naming; readonly onClose: () => void }) {
  const views = usePreferences((state) => state.savedViews);
  const [name, setName] = useState(naming.renamed ?? '');
  const wanted = name.trim().slice(0, longestViewName);
  const taken = wanted !== naming.renamed && views.some((view) => view.name === wanted);
  const save = (): void => {
    if (wanted !== '') {
      saveAs(wanted, naming);
      onClose();
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={naming.renamed === null ? text.title : text.renameTitle}
      description={text.text}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button look="primary" disabled={wanted === ''} onClick={save}>
            {text.submit}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={text.name}
          value={name}
          onChange={(typed) => setName(typed.slice(0, longestViewName))}
          hint={taken ? text.nameTaken : name.length >= longestViewName ? text.nameLong : undefined}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

/** The plain table and those that are saved; there while the menu is open, for each choice about the table draws it anew. */
function ViewItems() {
  const preferences = usePreferences();
  return [{ ...plainTableView, name: text.plain }, ...preferences.savedViews].map((view, index) => (
    <Menu.Item
      // A saved one may bear the name of the plain one.
      key={index === 0 ? 'plain' : `view ${view.name}`}
      className={menu.item}
      onClick={() => changePreferences(tableViewOf(view))}
    >
      <span className={menu.check}>{isShown(view, preferences) && <Check aria-hidden="true" />}</span>
      <span className={styles.viewName}>{view.name}</span>
      {index > 0 && view.connectionFilter !== '' && <code className={menu.aside}>{view.connectionFilter}</code>}
    </Menu.Item>
  ));
}

export function ViewsMenu() {
  const savedViews = usePreferences((state) => state.savedViews);
  const [naming, setNaming] = useState<Naming | null>(null);
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
              {savedViews.map(({ name }) => (
                <Menu.Item key={`rename ${name}`} className={menu.item} onClick={() => setNaming({ renamed: name })}>
                  <Pencil aria-hidden="true" />
                  {text.rename(name)}
                </Menu.Item>
              ))}
              {savedViews.map(({ name }) => (
                <Menu.Item key={`remove ${name}`} className={menu.item} onClick={() => remove(name)}>
                  <Trash2 aria-hidden="true" />
                  {text.remove(name)}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {naming !== null && <NameDialog naming={naming} onClose={() => setNaming(null)} />}
    </>
  );
}
