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

interface ToolProps {
  readonly kind: 'undo' | 'move' | 'remove';
  readonly label: string;
  readonly obstacle: string | null;
  readonly onClick: () => void;
}

/** An icon at the end of a line: the grid's keys lead to the line, and the line's own keys do what it does. */
function Tool({ kind, label, obstacle, onClick }: ToolProps) {
  return (
    <Button
      look="quiet"
      small
      tabIndex={-1}
      className={cx(styles.tool, styles[kind])}
      aria-label={label}
      obstacle={obstacle}
      title={obstacle ?? label}
      onClick={onClick}
    />
  );
}

export function LineTools({ line, list, change, obstacle }: LineToolsProps) {
  const { entry, addition, value } = line;
  const to = otherList(list);
  if (addition) {
    return (
      <Tool
        kind="undo"
        label={words.undo(value)}
        obstacle={obstacle}
        onClick={() => changeDraft((draft) => withoutAddition(draft, addition))}
      />
    );
  }
  if (!entry) {
    return null;
  }
  if (change === 'removed') {
    return (
      <Tool
        kind="undo"
        label={words.undo(value)}
        obstacle={obstacle}
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
      <Tool
        kind="move"
        label={words.move(value, to)}
        obstacle={obstacle}
        onClick={() => changeDraft((draft) => withMove(draft, entry))}
      />
      <Tool
        kind="remove"
        label={words.remove(value)}
        obstacle={obstacle}
        onClick={() => changeDraft((draft) => withRemoval(draft, entry))}
      />
    </>
  );
}
