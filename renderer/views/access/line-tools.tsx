/** What can be done with one line: moved, removed, overridden, or taken back. */
import type { AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Hint } from '../../parts/tooltip/tooltip.tsx';
import {
  changeDraft,
  otherList,
  withMove,
  withoutAddition,
  withoutRemoval,
  withRemoval,
} from '../../store/access-draft.ts';
import type { LineChange, ListLine } from './lines.ts';
import styles from './list-table.module.css';
import { words } from './words.ts';

export interface LineToolsProps {
  readonly line: ListLine;
  readonly list: AccessListName;
  readonly change: LineChange;
  /** Why the lists cannot be changed now; null when they can. */
  readonly obstacle: string | null;
}

export function LineTools({ line, list, change, obstacle }: LineToolsProps) {
  const { entry, addition, value } = line;
  const to = otherList(list);
  if (addition) {
    return (
      <Button
        look="quiet"
        small
        tabIndex={-1}
        className={cx(styles.tool, styles.undo)}
        aria-label={words.undo(value)}
        obstacle={obstacle}
        title={obstacle ?? undefined}
        onClick={() => changeDraft((draft) => withoutAddition(draft, addition))}
      />
    );
  }
  if (!entry) {
    return null;
  }
  if (change === 'removed') {
    return (
      <Button
        look="quiet"
        small
        tabIndex={-1}
        className={cx(styles.tool, styles.undo)}
        aria-label={words.undo(value)}
        obstacle={obstacle}
        title={obstacle ?? undefined}
        onClick={() => changeDraft((draft) => withoutRemoval(draft, line.key))}
      />
    );
  }
  if (entry.origin === 'config') {
    return (
      <Hint text={obstacle ?? `${words.configWhy} ${words.override(value, to)}.`}>
        <Button
          look="quiet"
          small
          tabIndex={-1}
          aria-label={words.override(value, to)}
          obstacle={obstacle}
          onClick={() => changeDraft((draft) => withMove(draft, entry))}
        >
          {words.overrideShort}
        </Button>
      </Hint>
    );
  }
  return (
    <>
      <Button
        look="quiet"
        small
        tabIndex={-1}
        className={cx(styles.tool, styles.move)}
        aria-label={words.move(value, to)}
        obstacle={obstacle}
        title={obstacle ?? words.move(value, to)}
        onClick={() => changeDraft((draft) => withMove(draft, entry))}
      />
      <Button
        look="quiet"
        small
        tabIndex={-1}
        className={cx(styles.tool, styles.remove)}
        aria-label={words.remove(value)}
        obstacle={obstacle}
        title={obstacle ?? words.remove(value)}
        onClick={() => changeDraft((draft) => withRemoval(draft, entry))}
      />
    </>
  );
}
