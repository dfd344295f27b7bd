/** The line of a group: which host or IP, how many connections, in which states. */
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { cx } from '../../parts/class-names.ts';
import { StateMark } from '../../parts/state-mark/state-mark.tsx';
import type { ConnectionGroup } from '../../store/connection-lines.ts';
import { count } from '../../words/format.ts';
import { stateWords } from '../../words/vocabulary.ts';
import styles from './connections.module.css';
import { words } from './words.ts';

export interface GroupRowProps {
  readonly group: ConnectionGroup;
  readonly id: string;
  readonly index: number;
  readonly columns: number;
  readonly selected: boolean;
  readonly active: boolean;
}

export function GroupRow({ group, id, index, columns, selected, active }: GroupRowProps) {
  const Chevron = group.collapsed ? ChevronRight : ChevronDown;
  return (
    <tr
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={!group.collapsed}
      aria-selected={selected}
      className={cx(styles.row, styles.group, active && styles.active)}
    >
      <td colSpan={columns} className={cx(styles.cell, styles.groupCell)}>
        <Chevron className={styles.chevron} aria-hidden="true" data-fold="" />
        <strong className={styles.groupName}>{group.name}</strong>
        <span className={styles.dim}>{words.inGroup(group.ids.length)}</span>
        <span className={styles.groupStates}>
          {group.states.map(([state, number]) => (
            <span key={state} className={styles.groupState} title={stateWords[state]}>
              <StateMark state={state} />
              {count(number)} <span className={styles.groupWord}>{stateWords[state]}</span>
            </span>
          ))}
        </span>
      </td>
    </tr>
  );
}
