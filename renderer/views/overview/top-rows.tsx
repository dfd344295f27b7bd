/** The busiest and the worst connections, renewed once a second. */
import { useEffect, useState } from 'react';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import type { IpHealth } from '../../../core/contract/health.ts';
import { showConnections } from '../../actions/connection-actions.ts';
import { cleanUpUnhealthy } from '../../actions/health-actions.ts';
import { ActionButton, useAction } from '../../actions/use-action.tsx';
import { viewActions } from '../../actions/view-actions.ts';
import { Paced } from '../../base/paced.ts';
import { shownState } from '../../base/shown-state.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty, SkeletonRows } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { StateLabel } from '../../parts/state-mark/state-mark.tsx';
import { dialTrouble } from '../../store/dial-trouble.ts';
import { useConsole, useHostHealth, useStatistics } from '../../store/use-console.ts';
import { count, millisecondsFigure, none } from '../../words/format.ts';
import { errorClassWords } from '../../words/vocabulary.ts';
import styles from './overview.module.css';
import { busiest, worst } from './selectors.ts';
import { words } from './words.ts';

const most = 6;

interface TopRows {
  readonly busiest: readonly ConnectionRow[];
  readonly worst: readonly ConnectionRow[];
}

function useTopRows(): TopRows | null {
  const { connections } = useConsole();
  const [rows, setRows] = useState<TopRows | null>(null);
  useEffect(() => {
    const pace = new Paced(1_000, () => {
      if (connections.loaded) {
        setRows({ busiest: busiest(connections.rows(), most), worst: worst(connections.rows(), most) });
      }
    });
    pace.now();
    const end = connections.pace(pace);
    return () => {
      end();
      pace.stop();
    };
  }, [connections]);
  return rows;
}

/** The second column is what the list is about: the load of the busiest, the state of the worst. */
function RowTable({ rows, about }: { readonly rows: readonly ConnectionRow[]; readonly about: 'load' | 'state' }) {
  const show = useAction(showConnections);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words.rows.ip}</th>
          <th scope="col">{words.rows.host}</th>
          <th scope="col" className={about === 'load' ? styles.num : undefined}>
            {about === 'load' ? words.rows.requests : words.rows.state}
          </th>
          <th scope="col" className={styles.num}>
            {words.rows.errors}
          </th>
          <th scope="col" className={styles.num}>
            {words.rows.last}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={styles.mono}>
              <Button look="entry" onClick={() => void show(`ip:${row.ip}`)}>
                {row.ip}
              </Button>
            </td>
            <td className={cx(styles.clip, styles.soft)}>{row.host}</td>
            {about === 'load' ? (
              <td className={styles.num}>{count(row.requests)}</td>
            ) : (
              <td>
                <StateLabel state={shownState(row)} />
              </td>
            )}
            <td className={cx(styles.num, row.errors > 0 ? styles.toneBad : styles.dim)}>
              {row.errors > 0 ? count(row.errors) : none}
            </td>
            <td className={styles.num}>{millisecondsFigure(row.lastResponseMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What failed last at any address: the word of its class, and its code. */
function useLatestCause(): string | null {
  const { health } = useConsole();
  useHostHealth();
  const errors = Array.from(health.all(), ({ lastError }) => lastError).filter((error) => error !== null);
  const latest = errors.reduce<IpHealth['lastError']>(
    (last, error) => (error.atMs > (last?.atMs ?? 0) ? error : last),
    null,
  );
  if (latest === null) {
    return null;
  }
  const cause = words.worst.cause(errorClassWords[latest.class], latest.code);
  return latest.class === 'tls-certificate' ? `${cause} ${words.worst.ownAuthority}` : cause;
}

/** A request of a connection that is closed by now is no row's. */
function NoBusiest() {
  const statistics = useStatistics();
  return <Empty title={statistics?.totalConnections === 0 ? words.worst.nothingOpen : words.busiest.empty} />;
}

/** No row is bad: either all is well, or what is wrong never became a connection. */
function NoWorst() {
  const statistics = useStatistics();
  const cause = useLatestCause();
  const trouble = statistics ? dialTrouble(statistics) : null;
  if (trouble === null && statistics?.totalConnections === 0) {
    return <Empty title={words.worst.nothingOpen}>{words.worst.nothingOpenText}</Empty>;
  }
  if (trouble === null) {
    return <Empty title={words.worst.empty}>{words.worst.emptyText}</Empty>;
  }
  const [title, text] =
    trouble.kind === 'failing'
      ? [words.worst.dialsFailed(trouble.failed, trouble.dials), words.worst.dialsFailedText]
      : [words.worst.noneOpened, words.worst.noneOpenedText(trouble.failed)];
  return (
    <Empty title={title}>
      {cause !== null && <strong>{cause}</strong>} {text}{' '}
      <ActionButton action={viewActions['warm-up']} input={undefined} look="link" label={words.worst.toWarmUp} />
    </Empty>
  );
}

export function TopRows() {
  const rows = useTopRows();
  return (
    <>
      <Panel title={words.busiest.title} aside={words.busiest.aside}>
        {rows === null ? (
          <SkeletonRows count={most + 1} height="var(--row-small)" />
        ) : rows.busiest.length === 0 ? (
          <NoBusiest />
        ) : (
          <RowTable rows={rows.busiest} about="load" />
        )}
      </Panel>
      <Panel
        title={words.worst.title}
        aside={words.worst.aside}
        tools={
          rows?.worst.some((row) => shownState(row) === 'unhealthy') && (
            <ActionButton action={cleanUpUnhealthy} input={undefined} small look="quiet" />
          )
        }
      >
        {rows === null ? (
          <SkeletonRows count={most + 1} height="var(--row-small)" />
        ) : rows.worst.length === 0 ? (
          <NoWorst />
        ) : (
          <RowTable rows={rows.worst} about="state" />
        )}
      </Panel>
    </>
  );
}
