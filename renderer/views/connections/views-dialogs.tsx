/** Where views of the table get a name, lose it, or get another. */
import Pencil from 'lucide-react/icons/pencil';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { TextField } from '../../parts/fields/text-field.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { longestViewName, withView } from '../../store/saved-views.ts';
import { useScreen } from '../../store/screen.ts';
import { shownTableView } from '../../store/shown-filter.ts';
import styles from './connections.module.css';
import { words } from './words.ts';

const text = words.views;

/** What is named in the dialog: the table as it is now, or a view that was saved under another name. */
export type Naming = { readonly renamed: string | null };

function saveAs(name: string, { renamed }: Naming): void {
  const preferences = usePreferences.getState();
  const { savedViews } = preferences;
  const before = savedViews.find((view) => view.name === renamed);
  const others = savedViews.filter((view) => view.name !== renamed);
  const view = before ?? shownTableView(preferences, useScreen.getState().linkedFilter);
  changePreferences({ savedViews: withView(others, { ...view, name }) });
  tell('good', () => text.saved(name));
}

function remove(name: string): void {
  changePreferences({ savedViews: usePreferences.getState().savedViews.filter((view) => view.name !== name) });
  tell('info', () => text.removed(name));
}

export function NameDialog({ naming, onClose }: { readonly naming: Naming; readonly onClose: () => void }) {
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
      description={naming.renamed === null ? text.text : undefined}
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

/** `onRename`: its name is asked for elsewhere. */
export function ManageDialog({
  onRename,
  onClose,
}: {
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}) {
  const views = usePreferences((state) => state.savedViews);
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.manageTitle}
      description={text.manageText}
      footer={<Button onClick={onClose}>{text.done}</Button>}
    >
      {views.length === 0 && <p>{text.none}</p>}
      <ul className={styles.views}>
        {views.map(({ name, connectionFilter }) => (
          <li key={name}>
            <span className={styles.viewName}>{name}</span>
            <code>{connectionFilter}</code>
            <Button
              small
              look="quiet"
              icon={<Pencil aria-hidden="true" />}
              aria-label={text.rename(name)}
              title={text.rename(name)}
              onClick={() => onRename(name)}
            />
            <Button
              small
              look="quiet"
              icon={<Trash2 aria-hidden="true" />}
              aria-label={text.remove(name)}
              title={text.remove(name)}
              onClick={() => remove(name)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
