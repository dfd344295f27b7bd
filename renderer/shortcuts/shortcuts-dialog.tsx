/** Every key by subject, searchable; a click on one records another. */
import { useState } from 'react';
import { type Action, type Subject, subjectOf } from '../actions/action.ts';
import { keysOf, resetBindings } from '../actions/bindings.ts';
import { zoomActions } from '../actions/display-actions.ts';
import { keyLabel } from '../actions/key-names.ts';
import { globalActions } from '../actions/registry.ts';
import { words as actionWords } from '../actions/words.ts';
import { Button } from '../parts/button/button.tsx';
import { cx } from '../parts/class-names.ts';
import { Dialog } from '../parts/dialog/dialog.tsx';
import { Empty } from '../parts/feedback/feedback.tsx';
import fields from '../parts/fields/fields.module.css';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import { usePreferences } from '../store/preferences.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import { canZoom } from '../store/zoom.ts';
import { inEachLanguage } from '../words/language.ts';
import { KeyRecorder } from './key-recorder.tsx';
import styles from './shortcuts.module.css';
import { words } from './words.ts';

function fits(search: string, texts: readonly (string | null)[]): boolean {
  return texts.some((text) => text?.toLowerCase().includes(search));
}

function ActionGroup({ subject, actions }: { readonly subject: Subject; readonly actions: readonly Action[] }) {
  return (
    <section className={styles.group} aria-label={actionWords.subjects[subject]}>
      <h3>{actionWords.subjects[subject]}</h3>
      <ul>
        {actions.map((action) => (
          <li key={action.id} className={styles.row}>
            <span className={styles.name}>{action.words.label}</span>
            {action.platformKeys !== undefined && (
              <KeyCap className={styles.fixed} label={keyLabel(action.platformKeys)} />
            )}
            <KeyRecorder action={action} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Keys of the tables and lists: they belong to what has the focus, so they stay as they are. */
const fixedKeys: Readonly<Record<keyof typeof words.fixed.keys, string>> = {
  lines: '↑ ↓',
  pages: 'PgUp PgDn',
  ends: 'Home End',
  choose: 'Space',
  range: 'Shift ↑ ↓',
  all: keyLabel('$mod+a') ?? '',
  open: 'Enter',
  leave: 'Esc',
  menu: keyLabel('Shift+F10') ?? '',
  inspect: 'I',
  check: 'C',
  drain: keyLabel('Delete') ?? '',
  close: keyLabel('Shift+Delete') ?? '',
  block: 'X',
  copy: keyLabel('$mod+c') ?? '',
};

/** Those that fit what is looked for, with what they do. */
function fixedLines(search: string): (readonly [string, string])[] {
  return Object.entries(words.fixed.keys)
    .map(([name, what]) => [fixedKeys[name as keyof typeof fixedKeys], what] as const)
    .filter((line) => fits(search, line));
}

function FixedGroup({ lines }: { readonly lines: readonly (readonly [string, string])[] }) {
  return (
    <section className={styles.group} aria-label={words.fixed.title}>
      <h3>{words.fixed.title}</h3>
      <ul>
        {lines.map(([keys, what]) => (
          <li key={keys} className={styles.row}>
            <span className={styles.name}>{what}</span>
            <KeyCap label={keys} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ShortcutsDialog() {
  const open = useScreen((screen) => screen.shortcutsOpen);
  return open ? <OpenShortcuts /> : null;
}

/** A browser zooms by its own keys, and no page can. */
function bindable(): readonly Action[] {
  return canZoom() ? globalActions : globalActions.filter((action) => !zoomActions.includes(action));
}

function OpenShortcuts() {
  const [typed, setTyped] = useState('');
  const bindings = usePreferences((preferences) => preferences.bindings);
  const search = typed.trim().toLowerCase();
  const shown = bindable().filter((action) =>
    fits(search, [
      ...inEachLanguage(() => action.words.label),
      keyLabel(keysOf(action, bindings)),
      keyLabel(action.platformKeys ?? null),
    ]),
  );
  const groups = Map.groupBy(shown, subjectOf);
  const fixed = fixedLines(search);
  const close = (): void => changeScreen({ shortcutsOpen: false });
  return (
    <Dialog
      open
      wide
      onClose={close}
      title={words.title}
      description={words.text}
      footer={
        <>
          <Button disabled={Object.keys(bindings).length === 0} onClick={() => resetBindings(null)}>
            {words.resetAll}
          </Button>
          <Button look="primary" onClick={close}>
            {words.done}
          </Button>
        </>
      }
    >
      <input
        className={cx(fields.input, styles.search)}
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {shown.length === 0 && fixed.length === 0 ? (
        <Empty title={words.noneFit} />
      ) : (
        <div className={styles.groups}>
          {[...groups].map(([subject, actions]) => (
            <ActionGroup key={subject} subject={subject} actions={actions} />
          ))}
          {fixed.length > 0 && <FixedGroup lines={fixed} />}
        </div>
      )}
    </Dialog>
  );
}
