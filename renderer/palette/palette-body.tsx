/** The palette's field, what it finds, and how it is worked with. */

import { Autocomplete } from '@base-ui/react/autocomplete';
import Search from 'lucide-react/icons/search';
import { useState } from 'react';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import { unseen } from '../parts/unseen/unseen.ts';
import type { PaletteEntry } from './entry.ts';
import styles from './palette.module.css';
import { PaletteLine } from './palette-line.tsx';
import type { RankedEntry, RankedGroup } from './rank.ts';
import { useRanked } from './use-ranked.ts';
import { words } from './words.ts';

export function PaletteBody({ onChoose }: { readonly onChoose: (entry: PaletteEntry) => void }) {
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
      <Autocomplete.Status className={unseen}>{query.trim() !== '' && words.found(found)}</Autocomplete.Status>
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
              {(item: RankedEntry) => <PaletteLine key={item.entry.id} item={item} onChoose={onChoose} />}
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
