/** The checks behind a cell, newest first, and the states that its addresses had then. */
import { useCallback, useEffect, useState } from 'react';
import type { HistoryChecks, HistorySpans, RememberedCheck } from '../../../core/contract/history-health.ts';
import { useAction } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Drawer } from '../../parts/drawer/drawer.tsx';
import { Empty } from '../../parts/feedback/feedback.tsx';
import type { Cell } from '../../parts/strip/cell.ts';
import { useConsole } from '../../store/use-console.ts';
import { rowName } from '../../words/cell-said.ts';
import { cellWords } from '../../words/cell-words.ts';
import { failureText } from '../../words/failure-text.ts';
import { millisecondsFigure, timeOfDay } from '../../words/format.ts';
import { checkKindWords, checkOutcomeWords, errorClassWords } from '../../words/vocabulary.ts';
import type { StripRow } from './cell-rows.ts';
import styles from './strips.module.css';
import { words } from './words.ts';

const text = words.checks;
const pageSize = 100;
const unusual = ['ejected', 'probing', 'blocked'] as const;

interface Behind {
  readonly checks: HistoryChecks['checks'];
  readonly cursor: number | null;
  readonly spans: HistorySpans['spans'];
}

function useBehind(row: StripRow, { fromMs, toMs }: Cell) {
  const { bridge } = useConsole();
  const { host, prefix, ip } = row;
  const [behind, setBehind] = useState<Behind | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const read = useCallback(
    (cursor: number | null) =>
      bridge.request('history.checks', { fromMs, toMs, host, prefix, ip, limit: pageSize, cursor }),
    [bridge, fromMs, toMs, host, prefix, ip],
  );
  useEffect(() => {
    let current = true;
    const spans = bridge.request('history.spans', { fromMs, toMs, host, prefix, ip, states: [...unusual] });
    Promise.all([read(null), spans]).then(
      ([page, { spans: told }]) => current && setBehind({ ...page, spans: told }),
      (error: unknown) => current && setFailure(failureText(error)),
    );
    return () => {
      current = false;
    };
  }, [bridge, read, fromMs, toMs, host, prefix, ip]);
  const older = async (): Promise<void> => {
    if (behind?.cursor != null) {
      try {
        const next = await read(behind.cursor);
        setBehind((now) =>
          now === behind ? { ...now, checks: [...now.checks, ...next.checks], cursor: next.cursor } : now,
        );
      } catch (error) {
        setFailure(failureText(error));
      }
    }
  };
  return { behind, failure, older };
}

/** `403 blocked`, `ok`, `TCP timeout`: as exactly as it is known. */
function answerText({ outcome, errorClass, status }: RememberedCheck): string {
  if (errorClass !== null) {
    return status === null ? errorClassWords[errorClass] : `${status} ${checkOutcomeWords[outcome]}`;
  }
  return status === null ? checkOutcomeWords[outcome] : `${status} ${checkOutcomeWords[outcome]}`;
}

function Checks({ checks, onIp }: { readonly checks: Behind['checks']; readonly onIp: (ip: string) => void }) {
  return (
    <table className={styles.checks}>
      <thead>
        <tr>
          {text.columns.map((column) => (
            <th key={column} scope="col" className={cx(column === text.columns[4] && styles.num)}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <tr key={`${check.atMs} ${check.host} ${check.ip} ${check.port} ${check.kind} ${check.ms}`}>
            <td>{timeOfDay(check.atMs)}</td>
            <td>
              <Button look="entry" className={styles.mono} onClick={() => onIp(check.ip)}>
                {check.ip}
              </Button>
            </td>
            <td>{checkKindWords[check.kind]}</td>
            <td className={cx(check.outcome !== 'good' && styles.bad)}>{answerText(check)}</td>
            <td className={styles.num}>{millisecondsFigure(check.ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Spans({ spans }: Pick<Behind, 'spans'>) {
  return (
    <>
      <h3 className={styles.subtitle}>{text.spans}</h3>
      <ul className={styles.spans}>
        {spans.map(({ host, ip, state, reason, fromMs, untilMs }) => (
          <li key={`${host} ${ip} ${fromMs}`}>
            <span className={styles.when}>
              {timeOfDay(fromMs)} – {untilMs === null ? text.still : timeOfDay(untilMs)}
            </span>
            <span className={styles.mono}>{ip}</span>
            <span>
              {text.spanFrom(state in cellWords ? cellWords[state as keyof typeof cellWords].word : state, reason)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function ChecksDrawer({
  row,
  cell,
  onClose,
}: {
  readonly row: StripRow;
  readonly cell: Cell;
  readonly onClose: () => void;
}) {
  const { behind, failure, older } = useBehind(row, cell);
  const inspect = useAction(inspectIp);
  const openIp = (ip: string): void => {
    onClose();
    void inspect(ip);
  };
  return (
    <Drawer open onClose={onClose} title={text.title(rowName(row), cell.fromMs, cell.toMs)} closeLabel={text.close}>
      {failure !== null && <p className={styles.bad}>{text.failed(failure)}</p>}
      {behind === null && failure === null && text.reading}
      {behind && behind.spans.length > 0 && <Spans spans={behind.spans} />}
      {behind && (
        <>
          <h3 className={styles.subtitle}>{text.heading}</h3>
          {behind.checks.length === 0 && behind.cursor === null ? (
            <Empty title={text.none}>{text.noneText}</Empty>
          ) : (
            <Checks checks={behind.checks} onIp={openIp} />
          )}
          {behind.cursor !== null && (
            <Button small look="quiet" onClick={() => void older()}>
              {text.older}
            </Button>
          )}
        </>
      )}
    </Drawer>
  );
}
