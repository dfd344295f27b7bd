/** Every rule with its figure now, its last minutes, and the threshold, which is changed here. */
import { type AlertWatch, alertRuleFacts } from '../../../core/contract/alerts.ts';
import type { ConfigFault, ConfigKey } from '../../../core/contract/config.ts';
import { cx } from '../../parts/class-names.ts';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { Spark } from '../../parts/spark/spark.tsx';
import { useAlerts } from '../../store/use-console.ts';
import { none } from '../../words/format.ts';
import { alertAmount } from '../../words/vocabulary.ts';
import { trailPoints } from './active-alerts.tsx';
import { AlertKeyField } from './alert-key-field.tsx';
import styles from './alerts.module.css';
import { ruleName, shortSubject } from './names.ts';
import { nobody, watchedLines } from './watched-lines.ts';
import { ruleWords, stateWords, words } from './words.ts';

const text = words.watched;

function Now({ watch, isBad }: { readonly watch: AlertWatch; readonly isBad: boolean }) {
  const { rule, subject, value } = watch;
  if (subject === nobody) {
    return none;
  }
  if (isState(watch)) {
    const { holds, holdsNot } = text.states[rule] ?? text.states.other;
    return isBad ? holds : holdsNot;
  }
  return value === null ? none : alertAmount(rule, value);
}

/** A disk's second reading is a state as well: whether the history can be stored. */
function isState({ rule, value, threshold }: AlertWatch): boolean {
  return alertRuleFacts[rule].unit === 'state' || (value === null && threshold === null);
}

/** One subject of a rule; the threshold is the rule's, and stands with its first subject alone. */
function WatchRow({
  watch,
  config,
  faults,
  onEnter,
}: {
  readonly watch: AlertWatch;
  readonly config: ConfigKey | undefined;
  readonly faults: readonly ConfigFault[];
  readonly onEnter: () => void;
}) {
  const { active } = useAlerts();
  const { rule, subject, trail, threshold, value, alertId } = watch;
  const { bad } = alertRuleFacts[rule];
  const alert = active.find(({ id }) => id === alertId);
  const isUntold = subject === nobody || (value === null && threshold !== null);
  const state = alert ? stateWords[alert.state] : isUntold ? text.untold[rule] : text.well;
  return (
    <tr>
      <th scope="row" title={ruleWords[rule].watches}>
        <div className={styles.ruleOf}>
          <span>{ruleName(watch)}</span>
          {subject !== 'pool' && (
            <span className={styles.subject} title={subject}>
              {shortSubject(subject)}
            </span>
          )}
        </div>
      </th>
      <td className={cx(styles.num, alert && styles.toneBad)}>
        <Now watch={watch} isBad={alert !== undefined} />
      </td>
      <td className={styles.trail}>
        {threshold !== null && (
          <Spark points={trail} threshold={threshold} capacity={trailPoints} bad={alert !== undefined} />
        )}
      </td>
      <td className={styles.threshold}>
        {config === undefined ? (
          <span className={styles.soft}>
            {alertRuleFacts[rule].key === null || threshold === null ? text.always : ''}
          </span>
        ) : (
          <span className={styles.limit}>
            <span aria-hidden="true">{text.sign(bad)}</span>
            <AlertKeyField config={config} faults={faults} onEnter={onEnter} />
          </span>
        )}
      </td>
      <td className={cx(alert?.state === 'firing' ? styles.toneBad : alert === undefined && styles.soft)}>{state}</td>
    </tr>
  );
}

export function Watched({
  watches,
  keys,
  faults,
  onEnter,
}: {
  readonly watches: readonly AlertWatch[] | null;
  readonly keys: readonly ConfigKey[];
  readonly faults: readonly ConfigFault[];
  /** In the field of a threshold. */
  readonly onEnter: () => void;
}) {
  const byRule = Map.groupBy(watchedLines(watches ?? []), ({ rule }) => rule);
  return (
    <Panel title={text.title}>
      {watches === null ? (
        <SkeletonLines count={10} />
      ) : watches.length === 0 ? (
        <Empty title={text.none} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.ofRule}>
                {text.columns.rule}
              </th>
              <th scope="col" className={styles.num}>
                {text.columns.now}
              </th>
              <th scope="col">{text.columns.trail}</th>
              <th scope="col">{text.columns.threshold}</th>
              <th scope="col">{text.columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {[...byRule].flatMap(([rule, ofRule]) =>
              ofRule.map((watch, index) => (
                <WatchRow
                  key={`${rule} ${watch.subject}`}
                  watch={watch}
                  config={index === 0 ? keys.find(({ path }) => path === alertRuleFacts[rule].key) : undefined}
                  faults={faults}
                  onEnter={onEnter}
                />
              )),
            )}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
