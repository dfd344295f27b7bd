/** How a run goes for each of its hosts, against what is usual for it and against another run. */
import { isSlowerThanUsual, type WarmUpHostRun } from '../../../core/contract/warm-up-run.ts';
import { Against } from '../../parts/against/against.tsx';
import { cx } from '../../parts/class-names.ts';
import { count, milliseconds, named, none } from '../../words/format.ts';
import { errorClassWords, failureInWords } from '../../words/vocabulary.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.outcome;

/** What is usual for the host, and how far from it this run is: the one may be known without the other. */
function UsualCells({ host }: { readonly host: WarmUpHostRun }) {
  const { baseline, deviation, ready } = host;
  if (baseline === null) {
    return (
      <>
        <td className={cx(styles.num, styles.usual, styles.noUsual)} title={text.noUsualHint}>
          {text.noUsual}
        </td>
        <td className={cx(styles.num, styles.noUsual)} title={text.noUsualHint}>
          {none}
        </td>
      </>
    );
  }
  return (
    <>
      <td className={cx(styles.num, styles.usual)} title={text.usualHint(baseline.compared)}>
        {milliseconds(baseline.responseMs)}
      </td>
      {deviation === null ? (
        <td className={cx(styles.num, styles.noUsual)} title={text.fewCompared(baseline.compared, ready)}>
          {none}
        </td>
      ) : (
        <td
          className={cx(styles.num, isSlowerThanUsual(host) && styles.slow)}
          title={named(text.usual, milliseconds(baseline.responseMs))}
        >
          {words.deviation(deviation)}
        </td>
      )}
    </>
  );
}

/** Why nothing was dialled; of what failed the most frequent class alone, for its words stand once, under all hosts. */
function hostError({ error, failed }: WarmUpHostRun, isAlone: boolean): string | null {
  if (error === null || failed === 0) {
    return error && failureInWords(error);
  }
  return isAlone ? null : `${words.run.failed(failed)} · ${errorClassWords[error.class]}`;
}

function HostRow(props: {
  readonly host: WarmUpHostRun;
  readonly other: WarmUpHostRun | null;
  readonly isAlone: boolean;
}) {
  const { host, other, isAlone } = props;
  const error = hostError(host, isAlone);
  const { firstByte } = host.times;
  return (
    <>
      <tr>
        <th scope="row" className={styles.host} title={host.host}>
          {host.host}
        </th>
        <td className={styles.num}>
          {count(host.ready)} / {count(host.total)}
        </td>
        <td className={styles.num}>
          {milliseconds(firstByte?.meanMs ?? null)}
          <Against now={firstByte?.meanMs ?? null} other={other?.times.firstByte?.meanMs ?? null} better="less" />
        </td>
        <UsualCells host={host} />
      </tr>
      {error !== null && (
        <tr>
          <td colSpan={5} className={styles.hostError}>
            {error}
          </td>
        </tr>
      )}
    </>
  );
}

export function HostTable(props: {
  readonly hosts: readonly WarmUpHostRun[];
  /** Those of the run that it is compared with. */
  readonly others: readonly WarmUpHostRun[];
}) {
  const { hosts, others } = props;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{text.host}</th>
          <th scope="col" className={styles.num}>
            {text.ready}
          </th>
          <th scope="col" className={styles.num} title={text.responseHint}>
            {text.response}
          </th>
          <th scope="col" className={cx(styles.num, styles.usual)}>
            {text.usual}
          </th>
          <th scope="col" className={styles.num}>
            {text.deviation}
          </th>
        </tr>
      </thead>
      <tbody>
        {hosts.map((host) => (
          <HostRow
            key={host.host}
            host={host}
            other={others.find((one) => one.host === host.host) ?? null}
            isAlone={hosts.length === 1}
          />
        ))}
      </tbody>
    </table>
  );
}
