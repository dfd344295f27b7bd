/** What was wrong before, over restarts, and what was said of it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { detailText } from '../../../core/contract/alert-text.ts';
import {
  type Alert,
  type AlertRule,
  type AlertSeverity,
  alertRules,
  alertSeverities,
} from '../../../core/contract/alerts.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import fields from '../../parts/fields/fields.module.css';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useAlerts, useConsole, useEngineSecond, useViewPart } from '../../store/use-console.ts';
import { dateAndTime, shortTime } from '../../words/dates.ts';
import { failureText } from '../../words/failure-text.ts';
import { named, none, span } from '../../words/format.ts';
import { currentLanguage } from '../../words/language.ts';
import { alertAmount } from '../../words/vocabulary.ts';
import { AlertMark } from './alert-mark.tsx';
import styles from './alerts.module.css';
import { ruleName, shortSubject } from './names.ts';
import { ruleWords, severityWords, words } from './words.ts';

const text = words.past;
const ranges = { day: 86_400_000, week: 7 * 86_400_000, quarter: 90 * 86_400_000 } as const;
type Range = keyof typeof ranges;
const pageSize = 50;
/** What has just happened is in the history within a second or two. */
const settledMs = 2_500;

interface Page {
  /** Of the alerts when it was read. */
  readonly stamp: string;
  readonly alerts: readonly Alert[];
  readonly cursor: number | null;
}

/** Read again whenever an alert has come, gone, or been spoken to. */
function usePast(rule: AlertRule | null, range: Range) {
  const { bridge, clock } = useConsole();
  const { active, resolved } = useAlerts();
  const [page, setPage] = useState<Page | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const stamp = [...active, ...resolved]
    .map(({ id, state, acknowledged }) => `${id}${state}${acknowledged?.atMs}`)
    .join();
  const read = useCallback(
    (cursor: number | null) => {
      const toMs = clock.now();
      return bridge.request('alerts.past', { fromMs: toMs - ranges[range], toMs, rule, limit: pageSize, cursor });
    },
    [bridge, clock, rule, range],
  );
  useEffect(() => {
    let current = true;
    const look = (): void => {
      read(null).then(
        (first) => {
          if (current) {
            setPage({ ...first, stamp });
            setFailure(null);
          }
        },
        (error: unknown) => current && setFailure(failureText(error)),
      );
    };
    look();
    const timer = setTimeout(look, settledMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [read, stamp]);
  const older = async (): Promise<void> => {
    if (page?.cursor != null) {
      try {
        const next = await read(page.cursor);
        setPage((now) =>
          now === page ? { ...now, alerts: [...now.alerts, ...next.alerts], cursor: next.cursor } : now,
        );
        setFailure(null);
      } catch (error) {
        setFailure(failureText(error));
      }
    }
  };
  return { page, failure, older };
}

function fits(alert: Alert, severity: AlertSeverity | 'all', search: string): boolean {
  const { subject, acknowledged, detail } = alert;
  const said = `${ruleName(alert)} ${subject} ${acknowledged?.by ?? ''} ${acknowledged?.reason ?? ''} ${detail ?? ''}`;
  return (
    (severity === 'all' || alert.severity === severity) && said.toLowerCase().includes(search.trim().toLowerCase())
  );
}

function PastRow({
  alert,
  now,
  isShown,
}: {
  readonly alert: Alert;
  readonly now: number;
  /** It is the one that was asked for. */
  readonly isShown: boolean;
}) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isShown) {
      row.current?.scrollIntoView({ block: 'center' });
      row.current?.focus({ preventScroll: true });
    }
  }, [isShown]);
  const { rule, subject, severity, sinceMs, resolvedAtMs, worst, acknowledged, detail } = alert;
  return (
    <tr ref={row} tabIndex={isShown ? -1 : undefined} className={cx(isShown && styles.shownRow)}>
      <td title={dateAndTime(sinceMs)}>{shortTime(sinceMs, now)}</td>
      <td>{resolvedAtMs === null ? text.still : span(resolvedAtMs - sinceMs)}</td>
      <td title={detail === null ? undefined : detailText(detail, currentLanguage())}>
        <span className={styles.pastRule}>
          <AlertMark severity={severity} />
          <span title={subject}>{text.of(ruleName(alert), shortSubject(subject))}</span>
        </span>
      </td>
      <td className={styles.num}>{worst === null ? none : alertAmount(rule, worst)}</td>
      <td className={styles.clip} title={acknowledged?.reason}>
        {acknowledged ? (
          named(words.author(acknowledged.by), acknowledged.reason)
        ) : (
          <span className={styles.soft}>{text.silent}</span>
        )}
      </td>
    </tr>
  );
}

/** The alert that the address asks for, when it is over: it is looked for ever further back until it is there. */
function useWanted(
  page: Page | null,
  range: Range,
  setRange: (range: Range) => void,
  older: () => Promise<void>,
): number | null {
  const part = useViewPart();
  const { active } = useAlerts();
  const isOver = part !== null && !active.some(({ id }) => String(id) === part);
  const wanted = isOver ? Number(part) : null;
  const step = useRef<() => void>(() => undefined);
  step.current = () => {
    const wider = (Object.keys(ranges) as Range[]).find((name) => ranges[name] > ranges[range]);
    if (page?.cursor != null) {
      void older();
    } else if (wider !== undefined) {
      setRange(wider);
    }
  };
  useEffect(() => {
    if (wanted !== null && page !== null && !page.alerts.some(({ id }) => id === wanted)) {
      step.current();
    }
  }, [wanted, page]);
  return wanted;
}

export function PastAlerts() {
  const [rule, setRule] = useState<AlertRule | 'all'>('all');
  const [severity, setSeverity] = useState<AlertSeverity | 'all'>('all');
  const [range, setRange] = useState<Range>('day');
  const [search, setSearch] = useState('');
  const { page, failure, older } = usePast(rule === 'all' ? null : rule, range);
  const wanted = useWanted(page, range, setRange, older);
  const now = useEngineSecond();
  const { active } = useAlerts();
  // One that goes on is what it is now, not what it was when the page was read.
  const alerts = page?.alerts.map((alert) => active.find(({ id }) => id === alert.id) ?? alert);
  const shown = alerts?.filter((alert) => fits(alert, severity, search)) ?? [];
  return (
    <Panel
      title={text.title}
      aside={failure ?? (page === null ? text.reading : undefined)}
      tools={
        <>
          <input
            className={cx(fields.input, styles.search)}
            type="search"
            data-filter
            aria-label={text.filter}
            placeholder={text.filter}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <SelectField
            label={text.rule}
            hideLabel
            value={rule}
            options={[
              { value: 'all', label: text.allRules },
              ...alertRules.map((value) => ({ value, label: ruleWords[value].name })),
            ]}
            onChange={setRule}
            className={styles.select}
          />
          <SelectField
            label={text.severity}
            hideLabel
            value={severity}
            options={[
              { value: 'all', label: text.all },
              ...alertSeverities.map((value) => ({ value, label: severityWords[value] })),
            ]}
            onChange={setSeverity}
            className={styles.select}
          />
          <SelectField
            label={text.range}
            hideLabel
            value={range}
            options={(Object.keys(ranges) as Range[]).map((value) => ({ value, label: text.ranges[value] }))}
            onChange={setRange}
            className={styles.narrowSelect}
          />
        </>
      }
    >
      {page !== null && shown.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {text.columns.map((column) => (
                <th key={column} scope="col" className={cx(column === text.columns[3] && styles.num)}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((alert) => (
              <PastRow key={alert.id} alert={alert} now={now} isShown={alert.id === wanted} />
            ))}
          </tbody>
        </table>
      )}
      {page?.cursor != null && (
        <Button small look="quiet" onClick={() => void older()}>
          {text.older}
        </Button>
      )}
    </Panel>
  );
}
