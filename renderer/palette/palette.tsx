/** One field that finds everything that can be done, and everywhere one can go. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import Ban from 'lucide-react/icons/ban';
import Search from 'lucide-react/icons/search';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useKeys } from '../actions/bindings.ts';
import { ariaKeys, keyLabel } from '../actions/key-names.ts';
import { openPalette } from '../actions/page-actions.ts';
import { cx } from '../parts/class-names.ts';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import { changePreferences, usePreferences } from '../store/preferences.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import { useConfig, useConsole, useLink, useSession } from '../store/use-console.ts';
import { alertEntries, globalEntries, hereEntries } from './action-entries.ts';
import type { PaletteEntry } from './entry.ts';
import styles from './palette.module.css';
import {
  hostEntries,
  savedViewEntries,
  settingEntries,
  typedConnectionEntries,
  typedIpEntries,
} from './place-entries.ts';
import { type RankedEntry, type RankedGroup, rankEntries } from './rank.ts';
import { words } from './words.ts';

/** Remembered of what was chosen. */
const mostRemembered = 20;

function remember({ id }: PaletteEntry): void {
  const { recentCommands } = usePreferences.getState();
  changePreferences({
    recentCommands: [id, ...recentCommands.filter((other) => other !== id)].slice(0, mostRemembered),
  });
}

/** What fits the query, of what there is at this moment. */
function useRanked(query: string): readonly RankedGroup[] {
  const stores = useConsole();
  const link = useLink();
  const session = useSession();
  const config = useConfig();
  // What was chosen lately when it was opened: nothing jumps while it is open.
  const [recent] = useState(() => usePreferences.getState().recentCommands);
  const listed = useMemo(
    () =>
      link && [
        ...hereEntries(stores),
        ...alertEntries(stores),
        ...globalEntries(stores),
        ...savedViewEntries(stores),
        ...hostEntries(stores, session),
        ...settingEntries(stores, config),
      ],
    [stores, link, session, config],
  );
  return useMemo(
    () =>
      rankEntries(
        [...listed, ...typedIpEntries(stores, query), ...typedConnectionEntries(stores, query)],
        query,
        recent,
      ),
    [stores, listed, query, recent],
  );
}

/** The label with the letters marked that fit what was typed. */
function Marked({ item: { entry, ranges } }: { readonly item: RankedEntry }): ReactNode {
  const { label } = entry;
  let from = 0;
  const parts: ReactNode[] = [];
  for (const [start, end] of ranges) {
    parts.push(label.slice(from, start), <mark key={start}>{label.slice(start, end)}</mark>);
    from = end;
  }
  return [...parts, label.slice(from)];
}

function Line({ item, onChoose }: { readonly item: RankedEntry; readonly onChoose: (entry: PaletteEntry) => void }) {
  const { entry } = item;
  const Icon = entry.icon;
  return (
    // Not `disabled`: then the keys would pass it by, and nobody would learn why it cannot be done.
    <Autocomplete.Item
      value={item}
      className={cx(styles.item, entry.obstacle !== null && styles.unable)}
      aria-disabled={entry.obstacle !== null}
      onClick={() => onChoose(entry)}
    >
      <Icon className={styles.icon} aria-hidden="true" />
      <span className={cx(styles.label, entry.kind === 'setting' && styles.code)}>
        <Marked item={item} />
      </span>
      <span className={styles.hint}>
        {entry.obstacle !== null && <Ban aria-hidden="true" />}
        {entry.obstacle ?? entry.hint}
      </span>
      <KeyCap label={keyLabel(entry.keys)} />
    </Autocomplete.Item>
  );
}

function Body({ onChoose }: { readonly onChoose: (entry: PaletteEntry) => void }) {
  const [query, setQuery] = useState('');
  const groups = useRanked(query);
  const found = groups.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <Autocomplete.Root
      open
      inline
      filter={null}
      items={groups}
      value={query}
      itemToStringValue={({ entry }: RankedEntry) => entry.label}
      // A chosen line is run; it does not become the query.
      onValueChange={(next, { reason }) => reason !== 'item-press' && setQuery(next)}
      autoHighlight="always"
      keepHighlight
    >
      <div className={styles.field}>
        <Search aria-hidden="true" />
        <Autocomplete.Input
          className={styles.input}
          aria-label={words.field}
          placeholder={words.placeholder}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
      <Autocomplete.Status className={styles.unseen}>{query.trim() !== '' && words.found(found)}</Autocomplete.Status>
      <Autocomplete.Empty>
        {query.trim() !== '' && (
          <div className={styles.empty}>
            <strong>{words.none(query.trim())}</strong>
            <span>{words.noneText}</span>
          </div>
        )}
      </Autocomplete.Empty>
      <Autocomplete.List className={styles.list} aria-label={words.title}>
        {(group: RankedGroup) => (
          <Autocomplete.Group key={group.kind} items={group.items} className={styles.group}>
            <Autocomplete.GroupLabel className={styles.kind}>{words.kinds[group.kind]}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: RankedEntry) => <Line key={item.entry.id} item={item} onChoose={onChoose} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <div className={styles.foot} aria-hidden="true">
        <KeyCap label="↑" />
        <KeyCap label="↓" /> {words.move}
        <KeyCap label="↵" /> {words.choose}
        <KeyCap label="Esc" /> {words.leave}
      </div>
    </Autocomplete.Root>
  );
}

export function Palette() {
  const open = useScreen((screen) => screen.paletteOpen);
  const beforeRef = useRef<HTMLElement | null>(null);
  const chosenRef = useRef(false);
  const close = (): void => changeScreen({ paletteOpen: false });
  const choose = (entry: PaletteEntry): void => {
    if (entry.obstacle !== null) {
      return;
    }
    remember(entry);
    chosenRef.current = true;
    // Gone, and the focus back, before it runs: an action that moves the focus has the last word.
    flushSync(close);
    beforeRef.current?.focus();
    entry.run();
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup
          className={styles.popup}
          aria-label={words.title}
          data-lets-keys-through=""
          initialFocus={() => {
            beforeRef.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
            chosenRef.current = false;
            return true;
          }}
          finalFocus={() => !chosenRef.current}
        >
          <Body onChoose={choose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Where the pointer finds the palette, and where its key stands to be learnt. */
export function PaletteButton() {
  const keys = useKeys(openPalette);
  return (
    <button
      type="button"
      className={styles.opener}
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeys(keys)}
      title={openPalette.words.hint}
      onClick={() => changeScreen({ paletteOpen: true })}
    >
      <Search aria-hidden="true" />
      <span className={styles.openerWord}>{words.open}</span>
      <span aria-hidden="true">
        <KeyCap label={keyLabel(keys)} />
      </span>
    </button>
  );
}
