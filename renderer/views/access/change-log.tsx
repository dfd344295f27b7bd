/** The audit: who changed what, when and why, and a way back. */

import { useCallback, useEffect, useState } from 'react';
import type { AccessAuditRecord, AccessAuthor } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useConsole } from '../../store/use-console.ts';
import { LastAnswer } from '../../store/use-polled.ts';
import { failureText } from '../../words/failure-text.ts';
import { LogTable } from './log-table.tsx';
import styles from './tools.module.css';
import { UndoDialog } from './undo-dialog.tsx';
import { words } from './words.ts';

const text = words.log;
const pageSize = 50;
const quietMs = 200;
/** The engine gathers what the automaton does for some seconds before it is a record. */
const gatheredMs = 6_000;

const authorChoices = ['all', 'people', 'operator', 'file', 'config', 'automaton'] as const;
type AuthorChoice = (typeof authorChoices)[number];
const authorsOf: Readonly<Record<AuthorChoice, AccessAuthor[] | null>> = {
  all: null,
  people: ['operator', 'file', 'config'],
  operator: ['operator'],
  file: ['file'],
  config: ['config'],
  automaton: ['automaton', 'clock'],
};

interface Log {
  /** Of the lists when it was read. */
  readonly revision: number;
  readonly records: readonly AccessAuditRecord[];
  readonly next: number | null;
}

const lastLog = new LastAnswer<Log>();

/** Newest first; read again when the lists have changed, with as many records as were there. */
function useLog(who: AuthorChoice, search: string, revision: number) {
  const stores = useConsole();
  const { bridge } = stores;
  const [log, setLog] = useState<Log | null>(() => lastLog.of(stores));
  const [failure, setFailure] = useState<string | null>(null);
  const read = useCallback(
    (before: number | null, limit: number) =>
      bridge.request('access.audit', { before, limit, who: authorsOf[who], text: search }),
    [bridge, who, search],
  );
  const shown = log?.records.length ?? 0;
  const limit = Math.min(200, Math.max(pageSize, shown));
  useEffect(() => {
    let current = true;
    const look = (): void => {
      read(null, limit).then(
        (page) => {
          const latest = { ...page, revision };
          lastLog.keep(stores, latest);
          if (current) {
            setLog(latest);
            setFailure(null);
          }
        },
        (error: unknown) => current && setFailure(failureText(error)),
      );
    };
    const timers = [setTimeout(look, quietMs), setTimeout(look, gatheredMs)];
    return () => {
      current = false;
      timers.forEach(clearTimeout);
    };
  }, [read, revision, limit, stores]);
  const older = async (): Promise<void> => {
    if (log?.next != null) {
      try {
        const page = await read(log.next, pageSize);
        // Another page may have taken its place meanwhile, of other records.
        setLog((now) => (now === log ? { ...now, records: [...now.records, ...page.records], next: page.next } : now));
        setFailure(null);
      } catch (error) {
        setFailure(failureText(error));
      }
    }
  };
  return { log, failure, older };
}

export function ChangeLog({ revision, search }: { readonly revision: number; readonly search: string }) {
  const [who, setWho] = useState<AuthorChoice>('all');
  const { log, failure, older } = useLog(who, search.trim(), revision);
  const undoing = useScreen((state) => state.undoing);
  return (
    <div className={styles.log}>
      <div className={styles.logHead}>
        <SelectField
          label={text.who}
          hideLabel
          value={who}
          options={authorChoices.map((value) => ({ value, label: text.choices[value] }))}
          onChange={setWho}
          className={styles.who}
        />
        <span className={styles.soft}>{failure ?? (log === null ? text.reading : text.kept)}</span>
      </div>
      <div className={styles.scroll}>
        {log !== null && log.records.length === 0 ? (
          <p className={styles.none}>{who === 'all' && search.trim() === '' ? text.none : text.noneFits}</p>
        ) : (
          log !== null && <LogTable records={log.records} onUndo={(record) => changeScreen({ undoing: record })} />
        )}
        {log?.next != null && (
          <Button small look="quiet" onClick={() => void older()}>
            {text.older}
          </Button>
        )}
      </div>
      {undoing !== null && <UndoDialog record={undoing} onClose={() => changeScreen({ undoing: null })} />}
    </div>
  );
}
