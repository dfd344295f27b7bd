/** The records of the audit as a grid, which is one tab stop: the keyboard stands on a record, and takes it back. */
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useId, useRef, useState } from 'react';
import type { AccessAuditRecord } from '../../../core/contract/access.ts';
import { accessReasonText } from '../../../core/contract/access-reasons.ts';
import { undoAccess, undoName } from '../../actions/access-actions.ts';
import { useObstacle } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { unseen } from '../../parts/unseen/unseen.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { dateAndTime, shortTime } from '../../words/dates.ts';
import { currentLanguage } from '../../words/language.ts';
import { words as changeWords } from '../../words/list-change-words.ts';
import { toldInWords } from '../../words/told.ts';
import styles from './tools.module.css';
import { words } from './words.ts';

const text = words.log;
const pageLines = 8;

function reasonOf({ who, reason }: AccessAuditRecord): string {
  return accessReasonText(who, reason, currentLanguage());
}

/** Why nothing of it can be taken back; null when something can. */
function whyNot({ undoneBy, undoObstacle }: AccessAuditRecord): string | null {
  return undoneBy === null ? undoObstacle && toldInWords(undoObstacle) : text.undoneBy(undoneBy);
}

interface UndoCellProps {
  readonly record: AccessAuditRecord;
  readonly obstacle: string | null;
}

function UndoCell({ record, obstacle }: UndoCellProps) {
  const why = whyNot(record);
  if (why !== null) {
    return (
      <span className={styles.soft} title={why}>
        {record.undoneBy === null ? text.nothingLeft : text.undone(record.undoneBy)}
      </span>
    );
  }
  return (
    <Button
      look="link"
      tabIndex={-1}
      data-undo=""
      aria-label={undoName(record)}
      obstacle={obstacle}
      title={obstacle ?? undefined}
    >
      {text.undo}
    </Button>
  );
}

export interface LogTableProps {
  /** Newest first. */
  readonly records: readonly AccessAuditRecord[];
  readonly onUndo: (record: AccessAuditRecord) => void;
}

export function LogTable({ records, onUndo }: LogTableProps) {
  const id = useId();
  const now = useEngineSecond();
  const obstacle = useObstacle(undoAccess);
  const gridRef = useRef<HTMLTableElement>(null);
  /** The record that the keyboard stands on; newer ones come before it. */
  const [activeId, setActiveId] = useState<number | null>(null);
  const activeAt = records.findIndex((record) => record.id === activeId);
  const rowId = (record: AccessAuditRecord): string => `${id}-${record.id}`;

  const stand = (index: number): void => {
    const record = records[Math.min(Math.max(index, 0), records.length - 1)];
    if (record) {
      setActiveId(record.id);
      document.getElementById(rowId(record))?.scrollIntoView({ block: 'nearest' });
    }
  };
  const undo = (record: AccessAuditRecord | undefined): void => {
    const why = record && (obstacle ?? whyNot(record));
    if (why != null) {
      tell('info', () => why);
    } else if (record) {
      // What is pressed goes with the change; the focus stays in the grid.
      gridRef.current?.focus();
      setActiveId(record.id);
      onUndo(record);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const act: Partial<Record<string, () => void>> = {
      ArrowDown: () => stand(activeAt + 1),
      ArrowUp: () => stand(activeAt - 1),
      PageDown: () => stand(activeAt + pageLines),
      PageUp: () => stand(activeAt - pageLines),
      Home: () => stand(0),
      End: () => stand(records.length - 1),
      Enter: () => undo(records[activeAt]),
    };
    const chosen = event.target === event.currentTarget && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (chosen && act[event.key]) {
      event.preventDefault();
      act[event.key]?.();
    }
  };
  /** Whoever comes by the keyboard sees where he stands; under a pointer nothing moves, or it would miss what it presses. */
  const onFocus = ({ target, currentTarget }: FocusEvent<HTMLElement>): void => {
    if (target === currentTarget && activeAt === -1 && currentTarget.matches(':focus-visible')) {
      stand(0);
    }
  };
  const onClick = ({ target }: MouseEvent<HTMLElement>): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-record]') : null;
    const record = row === null ? undefined : records[Number(row.dataset.record)];
    if (record) {
      setActiveId(record.id);
    }
    if (target instanceof Element && target.closest('[data-undo]')) {
      undo(record);
    }
  };
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'aria-label': text.title,
    'aria-description': text.keys,
    'aria-activedescendant': records[activeAt] === undefined ? undefined : rowId(records[activeAt]),
  };
  return (
    <table ref={gridRef} className={styles.records} onFocus={onFocus} onKeyDown={onKeyDown} onClick={onClick} {...grid}>
      <thead className={unseen}>
        <tr>
          {text.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map((record, index) => (
          <tr key={record.id} id={rowId(record)} data-record={index} data-active={index === activeAt || undefined}>
            <td className={styles.when} title={dateAndTime(record.atMs)}>
              <span className={styles.number}>{record.id}</span> {shortTime(record.atMs, now)}
            </td>
            <td>{text.authors[record.who]}</td>
            <td className={styles.what} title={text.entries(record)}>
              {changeWords.what(record)}
            </td>
            <td className={styles.why} title={reasonOf(record)}>
              {reasonOf(record)}
            </td>
            <td className={styles.act}>
              <UndoCell record={record} obstacle={obstacle} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
