/** One line of the palette: something to do, or somewhere to go. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import Ban from 'lucide-react/icons/ban';
import type { ReactNode } from 'react';
import { keyLabel } from '../actions/key-names.ts';
import { cx } from '../parts/class-names.ts';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import type { PaletteEntry } from './entry.ts';
import styles from './palette.module.css';
import type { RankedEntry } from './rank.ts';

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

export function PaletteLine({
  item,
  onChoose,
}: {
  readonly item: RankedEntry;
  readonly onChoose: (entry: PaletteEntry) => void;
}) {
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
